package io.postern.factor;

/** What an application's policy lays down for factors, each kind reading what concerns it. */
public interface FactorRules {

    /** Steps of 30 s that an authenticator app may be off either way (RULES C1). */
    int totpDriftSteps();
}
