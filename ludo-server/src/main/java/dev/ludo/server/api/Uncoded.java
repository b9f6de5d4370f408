package dev.ludo.server.api;

import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.error.MalformedJsonException;
import dev.ludo.core.json.LudoJson;

/** What an API means that refuses with a sentence and has no codes: by its status, and by the path that was asked for. */
final class Uncoded {
    private Uncoded() {}

    /** Whether an answer is a failure in the API's own form, and not something that stands in front of it. */
    static boolean isFailure(byte[] body) {
        try {
            return !LudoJson.parseObject(body, body.length).getBoolean("success", true);
        } catch (MalformedJsonException e) {
            return false;
        }
    }

    /** The code for a status of the 4xx. */
    static ErrorCode code(int status, String template) {
        return switch (status) {
            case 400 -> ErrorCode.MALFORMED_REQUEST;
            case 403 -> ErrorCode.FORBIDDEN;
            case 404 -> missing(template);
            case 405 -> ErrorCode.METHOD_NOT_ALLOWED;
            case 413 -> ErrorCode.PAYLOAD_TOO_LARGE;
            case 415 -> ErrorCode.UNSUPPORTED_MEDIA_TYPE;
            case 422 -> ErrorCode.VALIDATION_FAILED;
            default -> ErrorCode.UNKNOWN;
        };
    }

    private static ErrorCode missing(String template) {
        if (template.startsWith("/rooms/{")) {
            return ErrorCode.ROOM_NOT_FOUND;
        }
        if (template.startsWith("/games/{")) {
            return ErrorCode.GAME_NOT_FOUND;
        }
        return template.startsWith("/players/{") ? ErrorCode.PLAYER_NOT_FOUND : ErrorCode.NOT_FOUND;
    }
}
