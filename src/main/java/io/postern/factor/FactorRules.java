package io.postern.factor;

import io.postern.delivery.Channel;
import java.time.Duration;
import java.util.Set;

/** What an application's policy lays down for factors, each kind reading what concerns it. */
public interface FactorRules {

    /** Steps of 30 s that an authenticator app may be off either way (RULES C1). */
    int totpDriftSteps();

    /** Digits of a sent code (RULES C2). */
    int codeDigits();

    /** How long a sent code is good (RULES B1). */
    Duration codeLife(Channel channel);

    /** The regions that SMS may go to, after CLDR (RULES E3). */
    Set<String> smsRegions();
}
