package dev.ludo.client;

import dev.ludo.core.event.MoveResult;
import dev.ludo.core.json.MessageCodec;
import dev.ludo.core.model.AppliedMove;
import dev.ludo.core.model.GameId;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.Move;
import dev.ludo.core.model.Page;
import dev.ludo.core.model.RollResult;
import dev.ludo.core.model.Secret;

/** The calls about games. Thread-safe. All throw {@link dev.ludo.core.error.CallException}. */
public final class Games {
    private final Caller caller;

    Games(Caller caller) {
        this.caller = caller;
    }

    /**
     * The game as it stands.
     *
     * @param gameId which game
     * @return its state
     */
    public GameState state(GameId gameId) {
        return caller.call(ApiRequest.get("/games/{gameId}/state", gameId), GameState.class);
    }

    /**
     * Rolls for whoever's turn it is, trusted by the key alone.
     *
     * @param gameId which game
     * @return the die and what may be moved by it
     */
    public RollResult roll(GameId gameId) {
        return caller.call(rollRequest(gameId), RollResult.class);
    }

    /**
     * Rolls for one player.
     *
     * @param gameId which game
     * @param playerToken the player's seat
     * @return the die and what may be moved by it
     */
    public RollResult roll(GameId gameId, Secret playerToken) {
        return caller.call(rollRequest(gameId).playerToken(playerToken), RollResult.class);
    }

    private static ApiRequest rollRequest(GameId gameId) {
        return ApiRequest.post("/games/{gameId}/roll", gameId);
    }

    /**
     * Moves for whoever's turn it is, trusted by the key alone.
     *
     * @param gameId which game
     * @param move the piece and where it is to go
     * @return what the move did; without events and state if the API does not say, as {@link #state} does
     */
    public MoveResult move(GameId gameId, Move move) {
        return move(moveRequest(gameId, move));
    }

    /**
     * Moves for one player.
     *
     * @param gameId which game
     * @param move the piece and where it is to go
     * @param playerToken the player's seat
     * @return what the move did; without events and state if the API does not say, as {@link #state} does
     */
    public MoveResult move(GameId gameId, Move move, Secret playerToken) {
        return move(moveRequest(gameId, move).playerToken(playerToken));
    }

    private MoveResult move(ApiRequest request) {
        return caller.read(request, MessageCodec::readMoveResult);
    }

    private static ApiRequest moveRequest(GameId gameId, Move move) {
        return ApiRequest.post("/games/{gameId}/move", gameId).body(move);
    }

    /**
     * The moves of a game, from the first.
     *
     * @param gameId which game
     * @return all of them, fetched page by page as they are read
     */
    public Pages<AppliedMove> moves(GameId gameId) {
        return caller.pages(movesRequest(gameId), AppliedMove.class);
    }

    /**
     * A part of the moves of a game.
     *
     * @param gameId which game
     * @param page which part
     * @return the page
     */
    public Page<AppliedMove> moves(GameId gameId, PageRequest page) {
        return caller.page(movesRequest(gameId), page, AppliedMove.class);
    }

    private static ApiRequest movesRequest(GameId gameId) {
        return ApiRequest.get("/games/{gameId}/moves", gameId);
    }
}
