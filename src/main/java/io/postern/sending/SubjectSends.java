package io.postern.sending;

import io.postern.sending.Reservation.Hold;
import io.postern.store.RedisClock;
import io.postern.store.Script;
import io.postern.store.Scripts;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The sends of one subject in the last 24 hours (RULES E1), a few dozen at most, in one sorted set by their time. Each member
 * names the factor, the tag of an unproven destination, and the reservation.
 */
@Singleton
final class SubjectSends {

    private static final int MOST_AN_HOUR = 10;

    private static final Script RESERVE = new Script(RedisClock.LUA + """
            local HOUR, DAY = 3600 * 1000, 24 * 3600 * 1000
            local COOLDOWN = {30 * 1000, 60 * 1000, 120 * 1000, 300 * 1000}
            local key, member, now = KEYS[1], ARGV[1], now_ms()
            local factor, destination = string.match(member, '^([^:]*):([^:]*):')
            local all, proven, of_factor, last_to = {}, {}, {}, {}

            local function note(sent, at)
              local from, to = string.match(sent, '^([^:]*):([^:]*):')
              table.insert(all, at)
              if from == factor then table.insert(of_factor, at) end
              if to == '' then table.insert(proven, at) else last_to[to] = at end
            end

            -- When the window holds fewer than that many. Times ascend.
            local function free(times, most, window)
              local leaves = times[#times - most + 1]
              return leaves and leaves + window or 0
            end
            -- Fixed by the last send: how many of the factor the hour before it had, with itself.
            local function cooled()
              local last, recent = of_factor[#of_factor], 0
              for _, at in ipairs(of_factor) do
                if at > last - HOUR then recent = recent + 1 end
              end
              return last and last + COOLDOWN[math.min(recent, #COOLDOWN)] or 0
            end
            local function room_for_another()
              if destination == '' or last_to[destination] then return 0 end
              local times = {}
              for _, at in pairs(last_to) do table.insert(times, at) end
              table.sort(times)
              return free(times, 3, DAY)
            end

            -- When the last of all limits lets a send go, and which that is.
            local function next_send()
              local at, limit = 0, ''
              local function wait(till, name)
                if till > at then at, limit = till, name end
              end
              wait(cooled(), 'COOLDOWN')
              wait(free(all, 10, HOUR), 'SUBJECT')
              wait(room_for_another(), 'NEW_DESTINATIONS')
              if destination == '' then
                wait(free(proven, 5, HOUR), 'PROVEN')
                wait(free(proven, 10, DAY), 'PROVEN')
              end
              return at, limit
            end

            redis.call('ZREMRANGEBYSCORE', key, '-inf', now - DAY)
            local sent = redis.call('ZRANGE', key, 0, -1, 'WITHSCORES')
            for i = 1, #sent, 2 do note(sent[i], tonumber(sent[i + 1])) end
            local at, limit = next_send()
            if at > now then return {now, at, limit} end
            redis.call('ZADD', key, now, member)
            redis.call('PEXPIRE', key, DAY)
            note(member, now)
            return {now, next_send(), ''}
            """);

    /** How many sends there were in the last hour, and when it has room for another, 0 if it has now. */
    private static final Script LOOK = new Script(RedisClock.LUA + """
            local HOUR, now = 3600 * 1000, now_ms()
            local sent = redis.call('ZCOUNT', KEYS[1], string.format('(%.0f', now - HOUR), '+inf')
            local leaves = redis.call('ZRANGE', KEYS[1], -10, -10, 'WITHSCORES')[2]
            return {sent, sent >= 10 and leaves + HOUR or 0}
            """);

    private final Scripts scripts;

    SubjectSends(Scripts scripts) {
        this.scripts = scripts;
    }

    /** @param unproven the tag of an unproven destination; empty for a proven one */
    static Hold hold(String slot, UUID factor, String unproven, UUID reservation) {
        return new Hold(key(slot), factor + ":" + unproven + ":" + reservation);
    }

    Counted reserve(Hold hold) {
        return Counted.of(scripts.run(RESERVE, List.of(hold.key()), hold.member()));
    }

    /** What the limit of ten an hour leaves; counts nothing. */
    SendsLeft look(String slot) {
        var answer = scripts.run(LOOK, List.of(key(slot)));
        long next = answer.get(1).toLong();
        return new SendsLeft(
                Math.max(0, MOST_AN_HOUR - answer.get(0).toInteger()), next == 0 ? null : Instant.ofEpochMilli(next));
    }

    private static String key(String slot) {
        return "postern:{" + slot + "}:sends";
    }
}
