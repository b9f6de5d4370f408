package dev.ludo.server.worker;

import dev.ludo.core.model.PlayerId;
import dev.ludo.core.webhook.WebhookSigner;
import dev.ludo.server.files.FolderLock;
import dev.ludo.server.inbox.ForgetRequest;
import dev.ludo.server.inbox.Place;
import dev.ludo.server.worker.WorkerDesk.Answer;
import dev.ludo.server.worker.WorkerDesk.Answer.Done;
import dev.ludo.server.worker.WorkerDesk.Answer.NotDone;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The worker of a folder while it has the folder's lock. Thread-safe. */
final class Working implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Working.class.getName());

    private final Path folder;
    private final FolderLock lock;
    private final DeadLetters deadLetters;
    private final Archiver archiver;
    private final Archiving archiving;
    private final Optional<Poster> poster;
    private final List<Forwarder> forwarders = new ArrayList<>();

    private Working(WorkerConfig config, FolderLock lock, Pace pace, Optional<Unread> unread) throws IOException {
        this.folder = config.folder();
        this.lock = lock;
        this.deadLetters = DeadLetters.open(folder);
        Ledger ledger = Ledger.open(folder.resolve("worker.offsets"), Place.BEGINNING);
        Place archived = ledger.readTo();
        this.archiver = new Archiver(folder, config.archiveKept(), pace.clock());
        Requests requests = new Requests(folder, this::obey, Clock.systemUTC(), System::nanoTime);
        this.archiving = new Archiving(folder, ledger, archiver, requests, this::firstSegment, unread, pace.clock());
        this.poster =
                config.forwardSecret().map(secret -> new Poster(new WebhookSigner(List.of(secret), pace.clock())));
        for (URI uri : config.forwardUrls()) {
            ForwardTarget target = new ForwardTarget(uri);
            // A target that is new gets what comes from now on; at the very first start that is everything.
            Ledger ofTarget = Ledger.open(folder.resolve("forward-" + target.name() + ".log"), archived);
            Share share = Share.of(config.forwardUrls().size());
            forwarders.add(new Forwarder(target, folder, ofTarget, deadLetters, poster.orElseThrow(), share, pace));
        }
    }

    /** Starts a worker; empty if the folder has one already. */
    static Optional<Working> startIfNone(WorkerConfig config, Pace pace) throws IOException {
        return startIfNone(config, pace, Optional.of(new Unread(config.folder())));
    }

    /**
     * Starts one that is to end soon, so that what it still needs holds up no file of the inbox; empty if the folder has one already.
     */
    static Optional<Working> startForAMoment(WorkerConfig config, Pace pace) throws IOException {
        return startIfNone(config, pace, Optional.empty());
    }

    private static Optional<Working> startIfNone(WorkerConfig config, Pace pace, Optional<Unread> unread)
            throws IOException {
        Optional<FolderLock> lock = FolderLock.take(config.folder(), "worker.lock");
        if (lock.isEmpty()) {
            return Optional.empty();
        }
        Working working;
        try {
            working = new Working(config, lock.get(), pace, unread);
        } catch (Throwable e) { // also where memory does not suffice: another process may have more
            lock.get().close();
            throw e;
        }
        try {
            for (Forwarder forwarder : working.forwarders) {
                forwarder.start();
            }
            working.archiving.start();
            return Optional.of(working);
        } catch (Throwable e) {
            working.close();
            throw e;
        }
    }

    /** How each target is, in the order of the configuration. */
    List<TargetState> targets() {
        return forwarders.stream().map(Forwarder::state).toList();
    }

    /** How many deliveries were given up, and are kept until they are replayed. */
    int deadLetters() {
        return deadLetters.size();
    }

    /** Why it cannot read the inbox or write its own files now; empty if it can. */
    String trouble() {
        return Stream.concat(Stream.of(archiving.trouble()), forwarders.stream().map(Forwarder::trouble))
                .filter(trouble -> !trouble.isEmpty())
                .findFirst()
                .orElse("");
    }

    private long firstSegment() {
        return forwarders.stream().mapToLong(Forwarder::firstSegment).min().orElse(Long.MAX_VALUE);
    }

    private Answer obey(String request) throws IOException {
        String[] words = request.split(" ", 2);
        if (words.length < 2) {
            return new NotDone("there is no request " + request);
        }
        return switch (words[0]) {
            case "replay" -> replay(words[1]);
            case "forget-player" -> forget(words[1]);
            default -> new NotDone("there is no request " + words[0]);
        };
    }

    private Answer replay(String id) throws IOException {
        List<DeadLetter> found =
                deadLetters.of(id, forwarders.stream().map(Forwarder::name).toList());
        if (found.isEmpty()) {
            return new NotDone("there is no dead letter " + id + " for a target that is configured");
        }
        List<DeadLetter> whole = found.stream().filter(DeadLetter::hasBody).toList();
        List<DeadLetter> empty =
                found.stream().filter(letter -> !letter.hasBody()).toList();
        List<String> said = new ArrayList<>();
        if (!whole.isEmpty()) {
            deadLetters.again(whole);
            for (DeadLetter letter : whole) {
                forwarders.stream()
                        .filter(forwarder -> forwarder.name().equals(letter.target()))
                        .forEach(forwarder -> forwarder.again(letter));
            }
            LOG.log(Level.INFO, "{0} is replayed for {1} targets", id, whole.size());
            said.add("replays " + id + " for " + targets(whole));
        }
        if (!empty.isEmpty()) {
            said.add("cannot replay " + id + " for " + targets(empty)
                    + ", since its body is gone: the inbox had deleted it before it was taken");
        }
        String sentence = String.join("; ", said);
        return whole.isEmpty() ? new NotDone(sentence) : new Done(sentence);
    }

    private static String targets(List<DeadLetter> letters) {
        return letters.stream().map(DeadLetter::target).collect(Collectors.joining(", "));
    }

    private Answer forget(String id) throws IOException {
        PlayerId player;
        try {
            player = PlayerId.of(id);
        } catch (IllegalArgumentException e) {
            return new NotDone("cannot forget " + id + ": " + e.getMessage());
        }
        ForgetRequest request = ForgetRequest.leave(folder, player); // first: by it no letter comes to be dead any more
        int games = archiver.forget(player);
        int letters = deadLetters.delete(letter -> request.names(letter.bytes()));
        LOG.log(Level.INFO, "a player was taken out of {0} games and {1} dead letters", games, letters);
        return new Done("took the player out of " + games + " games and deleted " + letters
                + " dead letters; the proxy that runs, or the next one, takes the player out of the inbox once all targets"
                + " have what is there");
    }

    @Override
    public void close() {
        forwarders.forEach(Working::letGo);
        letGo(archiving);
        poster.ifPresent(Poster::close); // after those who use it: what it breaks off would count as a failure
        letGo(deadLetters);
        letGo(lock);
    }

    private static void letGo(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.log(Level.WARNING, "the worker could not let go of its files", e);
        }
    }
}
