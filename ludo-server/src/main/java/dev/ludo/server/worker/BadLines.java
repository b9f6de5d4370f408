package dev.ludo.server.worker;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Optional;

/** Passes over the lines of a file that whoever takes them cannot read, and says so once for all of them. For one thread. */
final class BadLines implements Lines.Reader {
    private static final Logger LOG = System.getLogger(BadLines.class.getName());

    private final Lines.Reader reader;
    private Optional<RuntimeException> why = Optional.empty();
    private long number;
    private long first;
    private int count;

    /**
     * Has taken none.
     *
     * @param reader takes the lines, and changes nothing before it fails for one
     */
    BadLines(Lines.Reader reader) {
        this.reader = reader;
    }

    @Override
    public void line(long at, String line) {
        number++;
        try {
            reader.line(at, line);
        } catch (RuntimeException e) {
            if (count++ == 0) {
                first = number;
                why = Optional.of(e);
            }
        }
    }

    /** Whether there were any up to here. */
    boolean any() {
        return count > 0;
    }

    /** Says which lines of a file were passed over, if any were. */
    void tell(Path file) {
        why.ifPresent(e -> LOG.log(
                Level.ERROR,
                file + " cannot be read in line " + first + (count > 1 ? " and in " + (count - 1) + " more" : "")
                        + "; what stands there is passed over",
                e));
    }
}
