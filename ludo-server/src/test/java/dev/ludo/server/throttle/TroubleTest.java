package dev.ludo.server.throttle;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What is wrong is told once. */
class TroubleTest {
    @Test
    void troubleIsNewWhereThereWasNoneOrAnother() {
        Trouble trouble = new Trouble();
        assertThat(trouble.reason(), is(""));
        assertThat(trouble.begin(new IOException("full")), is(true));
        assertThat(trouble.begin(new IOException("full")), is(false));
        assertThat(trouble.begin(new IOException("gone")), is(true));
        assertThat(trouble.reason(), is("gone"));
        assertThat(trouble.begin(new IOException()), is(true));
        assertThat(trouble.reason(), is("java.io.IOException"));
        trouble.end();
        assertThat(trouble.reason(), is(""));
        assertThat(trouble.begin(new IOException()), is(true));
    }
}
