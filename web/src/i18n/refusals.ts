// What a refusal says to the visitor where a screen has no words of its own for it.
import type { Refused } from "#/api/client";
import { m } from "#/paraglide/messages";

/** `seatsMax` is how many seats one person may have in the race, if it is about one. */
export function refusalOf({ problem }: Refused, seatsMax = 0): string {
  switch (problem.code) {
    case "client-outdated":
      return m.refused_outdated();
    case "sale-paused":
      return m.refused_paused();
    case "server-full":
    case "disk-full":
      return m.refused_full();
    case "report-outdated":
      return m.refused_report_outdated();
    case "too-many-requests":
    case "too-much-work":
    case "search-under-way":
    case "superseded":
    case "too-many-commands":
    case "overloaded":
      return m.refused_busy();
    case "pass-invalid":
    case "not-inside":
      return m.refused_pass();
    case "too-many-seats":
    case "limit-reached":
      return m.refused_limit({ count: seatsMax });
    default:
      return m.refused_other();
  }
}
