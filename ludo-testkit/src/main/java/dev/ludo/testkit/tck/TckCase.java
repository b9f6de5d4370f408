package dev.ludo.testkit.tck;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;

/** A case of the contract: a test that names the section from which it follows. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Test
@interface TckCase {
    /** Where the contract says so: the section's number, then the call, message or paragraph. */
    String value();

    /** How the contract marks it. */
    Mark mark() default Mark.D;

    /** What the API must have besides, so that the case makes sense. */
    TckFeature[] needs() default {};

    /** The contract's marks. */
    enum Mark {
        /** Attested by the API's public material. */
        A,
        /** Our design where that material is silent. */
        D
    }
}
