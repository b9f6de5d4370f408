package dev.ludo.testkit.fault;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaultScheduleTest {
    @Test
    void oneSeedGivesOneSchedule() {
        assertThat(FaultSchedule.forAll(7, 30), is(FaultSchedule.forAll(7, 30)));
        assertThat(FaultSchedule.forAll(7, 30), is(not(FaultSchedule.forAll(8, 30))));
        assertThat(FaultSchedule.forCalls(7, 0).rules(), is(List.of()));
        assertThrows(IllegalArgumentException.class, () -> FaultSchedule.forMessages(7, -1));
    }

    @Test
    void allKindsThatAClientCanOvercomeOccurAtAllStages() {
        Set<String> seen = new HashSet<>();
        FaultSchedule.forCalls(1, 1_000)
                .rules()
                .forEach(rule ->
                        seen.add(rule.stage().word() + ' ' + rule.fault().kind()));
        assertThat(seen.size(), is(3 * 7));
        Set<String> messages = new HashSet<>();
        FaultSchedule.forMessages(1, 1_000)
                .rules()
                .forEach(rule -> messages.add(rule.fault().kind()));
        assertThat(messages.size(), is(10));
    }

    @Test
    void theTextHasTheSeedAndAllRules() {
        FaultSchedule schedule = FaultSchedule.forCalls(42, 3);
        assertThat(schedule.toString(), containsString("3 faults for calls, seed 42\n  "));
        assertThat(schedule.toString().lines().count(), is(4L));
        Faults faults = new Faults(1);
        assertThat(faults.toString(), is("no fault may still hit"));
        faults.add(schedule);
        assertThat(faults.toString(), containsString(schedule.toString()));
        assertThat(
                faults.toString(), containsString("flt_3: " + schedule.rules().getLast() + ", hits so far 0"));
    }

    @Test
    void aFailureSaysUnderWhichSchedule() {
        FaultSchedule schedule = FaultSchedule.forCalls(42, 1);
        AssertionError e = assertThrows(
                AssertionError.class,
                () -> schedule.run(() -> {
                    throw new IllegalStateException("lost");
                }));
        assertThat(String.valueOf(e.getMessage()), is("lost\nunder " + schedule));
        schedule.run(() -> {});
    }

    @Test
    void eachFaultHitsOnceAfterItHasLetSomeBe() {
        Faults faults = new Faults(1);
        List<ActiveFault> active = faults.add(FaultSchedule.forCalls(3, 20));
        for (int i = 0; i < 200; i++) {
            faults.onCall("GET", "/v1/rooms");
        }
        assertThat(active.stream().mapToLong(ActiveFault::hits).sum(), is(20L));
        assertThat(faults.list(), is(List.of()));
    }
}
