package dev.ludo.testkit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultControlTest extends WithFake {
    private Api.Reply add(String json) {
        return api.control("POST", "faults", json.replace('\'', '"'));
    }

    @Test
    void aFaultIsAddedListedAndRemoved() {
        Api.Reply added = add("{'match':{'method':'POST','path':'/v1/games/*/move'},'stage':'after',"
                + "'fault':{'kind':'status','code':503,'headers':{'Retry-After':'1'},'body':'x'},"
                + "'times':0,'skip':2,'probability':0.5,'seed':7}");
        assertThat(added.status(), is(201));
        assertThat(added.data().getString("id"), is("flt_1"));
        assertThat(add("{'stage':'before','fault':{'kind':'drop'}}").data().getString("id"), is("flt_2"));

        JsonObject first = api.control("GET", "faults", "").list().getJsonObject(0);
        assertThat(
                first.toString(),
                is(("{'id':'flt_1','match':{'method':'POST','path':'/v1/games/*/move'},'stage':'after',"
                                + "'fault':{'kind':'status','code':503,'headers':{'Retry-After':'1'},'body':'x'},"
                                + "'times':0,'skip':2,'probability':0.5,'seed':7,'hits':0}")
                        .replace('\'', '"')));
        assertThat(api.control("DELETE", "faults/flt_2", "").status(), is(204));
        assertThat(api.control("DELETE", "faults/flt_2", "").outcome(), is("404 NOT_FOUND"));
        assertThat(api.get("health").status(), is(200));
        assertThat(api.control("DELETE", "faults", "").status(), is(204));
        assertThat(api.control("GET", "faults", "").list().size(), is(0));
    }

    @Test
    void whatIsAddedHits() {
        add("{'match':{'path':'/v1/**'},'stage':'before','fault':{'kind':'status','code':418,'body':{'a':[1]}}}");
        Api.Reply reply = api.get("rooms");
        assertThat(reply.status(), is(418));
        assertThat(reply.text(), is("{\"a\":[1]}"));
        assertThat(api.control("GET", "faults", "").list().size(), is(0));
        assertThat(api.get("rooms").status(), is(200));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'kind':'status','code':500}",
                "{'kind':'delay','duration':'PT0.01S'}",
                "{'kind':'slow-body','bytesPerSecond':100}",
                "{'kind':'truncate','afterBytes':0}",
                "{'kind':'garble'}",
                "{'kind':'drop'}",
                "{'kind':'reset'}",
                "{'kind':'stall'}",
                "{'kind':'close','code':4410,'reason':'slow'}",
                "{'kind':'abort'}",
                "{'kind':'no-pong'}",
                "{'kind':'duplicate'}",
                "{'kind':'reorder'}",
                "{'kind':'skip'}",
                "{'kind':'malformed'}",
                "{'kind':'oversize'}"
            })
    void everyKindIsKnownAtEveryStage(String fault) {
        for (String stage : List.of("before", "after", "stream")) {
            assertThat(add("{'stage':'" + stage + "','fault':" + fault + '}').status(), is(201));
        }
        String kind = fault.replaceAll(".*'kind':'([a-z-]+)'.*", "$1");
        JsonObject listed = api.control("GET", "faults", "").list().getJsonObject(0);
        assertThat(listed.getJsonObject("fault").getString("kind"), is(kind));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | stage,fault",
                "{'stage':'before'} | fault",
                "{'stage':'before','fault':{}} | fault.kind",
                "{'stage':'before','fault':3} | fault",
                "{'stage':'before','fault':{'kind':'explode'}} | fault.kind",
                "{'stage':'before','fault':{'kind':7}} | fault.kind",
                "{'stage':'sometime','fault':{'kind':'drop'}} | stage",
                "{'stage':'before','fault':{'kind':'delay'}} | fault.duration",
                "{'stage':'before','fault':{'kind':'delay','duration':'PT-1S'}} | fault.duration",
                "{'stage':'before','fault':{'kind':'delay','duration':'soon'}} | fault.duration",
                "{'stage':'before','fault':{'kind':'delay','duration':'P2D'}} | fault.duration",
                "{'stage':'before','fault':{'kind':'status'}} | fault.code",
                "{'stage':'before','fault':{'kind':'status','code':99}} | fault.code",
                "{'stage':'before','fault':{'kind':'status','code':500,'headers':{'a b':'c'}}} | fault.headers",
                "{'stage':'before','fault':{'kind':'status','code':500,'headers':{'a':1}}} | fault.headers.a",
                "{'stage':'before','fault':{'kind':'status','code':500,'headers':[]}} | fault.headers",
                "{'stage':'before','fault':{'kind':'status','code':204,'body':'x'}} | fault.body",
                "{'stage':'before','fault':{'kind':'slow-body','bytesPerSecond':0}} | fault.bytesPerSecond",
                "{'stage':'before','fault':{'kind':'truncate','afterBytes':-1}} | fault.afterBytes",
                "{'stage':'before','fault':{'kind':'close','code':999}} | fault.code",
                "{'stage':'before','fault':{'kind':'drop'},'times':-1} | times",
                "{'stage':'before','fault':{'kind':'drop'},'skip':-1} | skip",
                "{'stage':'before','fault':{'kind':'drop'},'probability':0} | probability",
                "{'stage':'before','fault':{'kind':'drop'},'probability':1.5} | probability",
                "{'stage':'before','fault':{'kind':'drop'},'probability':'often'} | probability",
                "{'stage':'before','fault':{'kind':'drop'},'seed':1.5} | seed",
                "{'stage':'before','fault':{'kind':'drop'},'match':[]} | match",
                "{'stage':'before','fault':{'kind':'drop'},'match':{'path':'/__ludo/state'}} | match.path",
                "{'stage':'before','fault':{'kind':'drop'},'match':{'path':''}} | match.path",
                "{'stage':'before','fault':{'kind':'drop'},'match':{'method':'get'}} | match.method",
                "{'stage':'before','fault':{'kind':'drop'},'match':{'direction':'up'}} | match.direction",
                "{'stage':'before','fault':{'kind':'drop'},'match':{'path':'/v1/rooms','message':'ack'}} | match.message",
                "{'stage':'before','fault':{'kind':'skip'},'match':{'path':'/v1/rooms'}} | fault.kind",
                "{'stage':'before','fault':{'kind':'status','code':500},'match':{'message':'ack'}} | fault.kind",
                "{'stage':'before','fault':{'kind':'truncate','afterBytes':1},'match':{'direction':'in'}} | fault.kind",
                "{'stage':'stream','fault':{'kind':'drop'},'match':{'direction':'in'}} | stage",
                "{'stage':'x','times':-1,'fault':{'kind':'delay','duration':'x'},'match':{'path':'x'}} "
                        + "| match.path,fault.duration,stage,times",
            })
    void whatIsWrongIsNamed(String json, String fields) {
        Api.Reply reply = add(json);
        assertThat(reply.outcome(), is("422 VALIDATION_FAILED"));
        assertThat(String.join(",", reply.fields()), is(fields));
        assertThat(reply.failure().details().getFirst().message(), is(not("")));
        assertThat(ludo.faults().list(), is(List.of()));
    }
}
