package dev.ludo.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says that a test, or each test of a class, is meant to leave something behind, and does not fail for it. */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Leaves {
    /**
     * What may be left behind. Threads outlive a fake, not a test: for a shared fake name them at the class.
     *
     * @return the kinds
     */
    Leak[] value();
}
