package org.signet.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code signet bench} has found out.
 *
 * @param first what was called, and what came before the first result
 * @param calls when all was warm
 * @param memory after the calls; empty where the system does not tell
 * @param throughput of several sessions, if that was asked for
 */
record BenchResult(
    FirstResult first,
    CallTimes calls,
    Optional<ResidentMemory> memory,
    Optional<Throughput> throughput) {

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("signature '%s', %d calls".formatted(first.runner().key(), calls.runs()));
    lines.add(
        "call    %s at least, %s half of the time, %s nine times in ten"
            .formatted(
                Sizes.micros(calls.min()),
                Sizes.micros(calls.median()),
                Sizes.micros(calls.p90())));
    lines.add(first.text());
    memory.ifPresent(resident ->
        lines.add(
            "resident memory %s, %s at most"
                .formatted(Sizes.bytes(resident.now()), Sizes.bytes(resident.peak()))));
    throughput.ifPresent(rates -> lines.add(rates.toString()));
    return lines;
  }

  Map<String, Object> json() {
    Map<String, Object> invoke = new LinkedHashMap<>();
    invoke.put("min_us", calls.min());
    invoke.put("med_us", calls.median());
    invoke.put("p90_us", calls.p90());
    invoke.put("runs", calls.runs());
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("invoke", invoke);
    members.putAll(first.json());
    memory.ifPresent(resident -> {
      members.put("rss_mb", resident.now() / 1e6);
      members.put("peak_rss_mb", resident.peak() / 1e6);
    });
    throughput.ifPresent(rates -> members.put("sessions", rates.json()));
    return members;
  }
}
