// A share by cause: each system bears the part of a deficit that its own lost hours brought about.
#ifndef RISKSHARE_CAUSE_SHARE_HPP
#define RISKSHARE_CAUSE_SHARE_HPP

#include <riskshare/apportion.hpp>
#include <riskshare/cause_period.hpp>
#include <riskshare/detail/money_text.hpp>
#include <riskshare/outcome.hpp>

#include <span>
#include <string>
#include <vector>

namespace riskshare {

struct cause_share_line {
    std::string system = {};
    decimal hours = {};
    ratio share = {};
    money allocated = {}; ///< zero or negative
    money offset = {};    ///< what of its clawed-back funding was set against it: no more than its share
    money borne = {};     ///< allocated + offset
};

/// Σ allocated = demonstrated; demonstrated + not_shared = deficit; Σ borne = demonstrated + Σ offset.
struct cause_share {
    std::string name = {};
    money deficit = {}, demonstrated = {};
    money not_shared = {}; ///< not shown to come from the cause: stays where it arose
    std::vector<cause_share_line> systems = {};

    money offset_used() const;
    money borne() const;
};

/// Findings: a period without systems or named twice in one, negative hours, no hours at all while a deficit is to be
/// shared, a surplus, a demonstrated part beyond the deficit, a negative offset; a warning for an offset beyond the
/// share it is set against.
outcome<cause_share> shared_by_cause(const cause_period&);

/// Several periods together, system by system in the order of the first: the year so far. Each period keeps the
/// weights under which it was shared. \pre there is at least one, each over the same systems; throws
/// `precondition_violated`.
cause_share year_so_far(std::span<const cause_share>);

// ---------------------------------------------------------------------------------------------------------------------

inline money cause_share::offset_used() const {
    money sum;
    for (const cause_share_line& l : systems) sum += l.offset;
    return sum;
}
inline money cause_share::borne() const {
    money sum;
    for (const cause_share_line& l : systems) sum += l.borne;
    return sum;
}

namespace detail {

inline void check_cause(const cause_period& p, std::vector<finding>& findings) {
    const auto error = [&](std::string rule, std::string message, const provenance& at, std::string advice) {
        finding f{std::move(rule), severity::error, std::move(message)};
        if (at.known()) f.at.push_back(at);
        f.advice = std::move(advice);
        findings.push_back(std::move(f));
    };
    if (p.systems.empty()) error("cause_share.no_systems", p.name + ": no system is named", p.at, "list them");
    if (!p.deficit.is_negative() && !p.deficit.is_zero())
        error("cause_share.surplus",
              p.name + ": " + detail::said(p.deficit) + " is a surplus; only a deficit is shared", p.at,
              "a deficit is negative");
    if (p.demonstrated < p.deficit || larger(p.demonstrated, money()) != money())
        error("cause_share.demonstrated",
              p.name + ": the part demonstrated, " + detail::said(p.demonstrated) + ", is no part of the deficit of " +
                  detail::said(p.deficit),
              p.at, "no more than the deficit can be shown to come from the cause");
    if (p.step.pence() <= 0 || p.demonstrated.pence() % p.step.pence() != 0)
        error("cause_share.finer_than_rounding_unit",
              p.name + ": " + detail::said(p.demonstrated) + " is not whole rounding units", p.at,
              "choose a finer unit");
    bool any_hours = false;
    for (std::size_t i = 0; i < p.systems.size(); ++i) {
        const cause_line& l = p.systems[i];
        if (l.hours.is_negative())
            error("cause_share.negative_hours", l.system + " lost " + to_string(l.hours) + " hours", l.at,
                  "hours are zero or more");
        if (l.offset.is_negative())
            error("cause_share.negative_offset",
                  "the offset of " + l.system + " is negative, " + detail::said(l.offset), l.at,
                  "funding clawed back is positive");
        any_hours = any_hours || !l.hours.is_zero();
        for (std::size_t j = 0; j < i; ++j)
            if (p.systems[j].system == l.system)
                error("cause_share.duplicate_system", p.name + ": " + l.system + " is named twice", l.at,
                      "name it once");
    }
    if (!any_hours && !p.demonstrated.is_zero())
        error("cause_share.no_weight", p.name + ": all weights are zero: no hours were lost", p.at,
              "a deficit that no hours caused is not shared");
}

} // namespace detail

inline outcome<cause_share> shared_by_cause(const cause_period& p) {
    std::vector<finding> findings;
    detail::check_cause(p, findings);
    std::vector<ratio> hours;
    ratio all = 0;
    for (const cause_line& l : p.systems) {
        const result<ratio> h = to_ratio(l.hours);
        if (!h) findings.push_back(to_finding(h.why()));
        hours.push_back(h ? *h : ratio(0));
        all = all + hours.back();
    }
    if (has_errors(findings)) return findings;
    cause_share out{p.name, p.deficit, p.demonstrated, p.deficit - p.demonstrated, {}};
    const std::vector<money> parts =
        p.demonstrated.is_zero() ? std::vector<money>(p.systems.size()) : apportion(p.demonstrated, hours, p.step);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const cause_line& l = p.systems[i];
        const money offset = smaller(l.offset, -parts[i]);
        out.systems.push_back(
            {l.system, l.hours, all == ratio(0) ? ratio(0) : hours[i] / all, parts[i], offset, parts[i] + offset});
        if (offset == l.offset) continue;
        finding f{"cause_share.offset_unused", severity::warning,
                  l.system + " has " + detail::said(l.offset - offset) +
                      " clawed back beyond its share; it is not paid out"};
        if (l.at.known()) f.at.push_back(l.at);
        findings.push_back(std::move(f));
    }
    return outcome<cause_share>(std::move(out), std::move(findings));
}

inline cause_share year_so_far(std::span<const cause_share> periods) {
    if (periods.empty()) throw precondition_violated("year_so_far: no period");
    cause_share year = periods.front();
    for (std::size_t p = 1; p < periods.size(); ++p) {
        const cause_share& next = periods[p];
        if (next.systems.size() != year.systems.size()) throw precondition_violated("year_so_far: other systems");
        year.name += ", " + next.name;
        year.deficit += next.deficit;
        year.demonstrated += next.demonstrated;
        year.not_shared += next.not_shared;
        for (std::size_t i = 0; i < year.systems.size(); ++i) {
            cause_share_line& to = year.systems[i];
            const cause_share_line& from = next.systems[i];
            if (to.system != from.system) throw precondition_violated("year_so_far: other systems");
            const exact sum = exact(to.hours, unit::pounds) + exact(from.hours, unit::pounds);
            to.hours = rounded(sum, unit::pounds, std::max(to.hours.places(), from.hours.places()),
                               rounding::half_away_from_zero);
            to.allocated += from.allocated;
            to.offset += from.offset;
            to.borne += from.borne;
        }
    }
    ratio all_hours = 0;
    for (const cause_share_line& l : year.systems) all_hours = all_hours + *to_ratio(l.hours);
    for (cause_share_line& l : year.systems)
        l.share = all_hours == ratio(0) ? ratio(0) : *to_ratio(l.hours) / all_hours;
    return year;
}

} // namespace riskshare

#endif
