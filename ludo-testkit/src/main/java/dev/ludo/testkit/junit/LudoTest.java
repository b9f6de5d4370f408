package dev.ludo.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives each test of a class a fresh {@link dev.ludo.testkit.FakeLudo}, as a {@link LudoExtension} with every default does.
 *
 * {@snippet :
 * @LudoTest
 * class LobbyTest {
 *     @Test
 *     void showsTheRoomsThatWait(FakeLudo ludo) {
 *         Room room = ludo.openRoom(NewRoom.DEFAULT);
 *         Lobby lobby = new Lobby(ludo.baseUri(), ludo.apiKey());
 *         assertEquals(List.of(room.code()), lobby.waiting());
 *     }
 * }
 * }
 *
 * <p>For a fake that is not like the default, register a {@link LudoExtension} from its builder instead. Classes within the
 * class, and subclasses, are served too.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@ExtendWith(LudoTestExtension.class)
@SuppressWarnings("exports") // JUnit makes the extension by reflection; nobody else needs to see it
public @interface LudoTest {
    /**
     * Whether all tests of the class share one fake, which is reset before each of them.
     *
     * @return false, the default, for a fresh fake per test
     */
    boolean shared() default false;
}
