package dev.ludo.core.rules;

/** What a third six puts back under {@link RuleSet.SixLimitRule#REVERT_TURN}. */
record TurnStart(PerSeat rows, PerSeat captures) {}
