// Something the reader should know about the figures: all of them at once, each with its place.
#ifndef RISKSHARE_FINDING_HPP
#define RISKSHARE_FINDING_HPP

#include <riskshare/exact.hpp>
#include <riskshare/provenance.hpp>
#include <riskshare/result.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace riskshare {

/// error: the figures cannot be relied on. warning: they can, and somebody should look. note: worth knowing.
enum class severity : std::uint8_t { error, warning, note };

/// Whether figures that differ can be one and the same before rounding.
enum class verdict : std::uint8_t { agrees, rounding, real };

/// What a real difference resembles; a resemblance is evidence, never a proof.
enum class resemblance : std::uint8_t {
    sign_slip,
    transposed_digits,
    unit_slip,
    omitted_line,
    double_counted_line,
    typed_over_formula,
    stale_value,
    forced_to_foot,
};

struct finding {
    std::string rule; ///< stable, dotted: "savings.negative"; `explain` knows it
    riskshare::severity severity = riskshare::severity::warning;
    std::string message; ///< a sentence: what was found, by how much
    std::vector<provenance> at = {};
    std::string advice = {}; ///< what to do
    std::optional<riskshare::verdict> verdict = {};
    std::optional<exact> expected = {}, found = {}, difference = {};
    std::optional<resemblance> looks_like = {};
};

/// A refused input as a finding of severity error.
inline finding to_finding(const failure& f) {
    finding out{f.rule, severity::error, f.message};
    if (f.at.known()) out.at.push_back(f.at);
    return out;
}

/// Worst first; among equals the order given.
inline void sort_worst_first(std::vector<finding>& findings) {
    std::vector<finding> sorted;
    sorted.reserve(findings.size());
    for (severity s : {severity::error, severity::warning, severity::note})
        for (finding& f : findings)
            if (f.severity == s) sorted.push_back(std::move(f));
    findings = std::move(sorted);
}

inline bool has_errors(const std::vector<finding>& findings) {
    return std::any_of(findings.begin(), findings.end(),
                       [](const finding& f) { return f.severity == severity::error; });
}

inline const char* to_string(severity s) {
    return s == severity::error ? "error" : s == severity::warning ? "warning" : "note";
}
inline const char* to_string(verdict v) {
    return v == verdict::agrees ? "agrees" : v == verdict::rounding ? "rounding" : "real";
}
inline const char* to_string(resemblance r) {
    switch (r) {
    case resemblance::sign_slip:
        return "sign_slip";
    case resemblance::transposed_digits:
        return "transposed_digits";
    case resemblance::unit_slip:
        return "unit_slip";
    case resemblance::omitted_line:
        return "omitted_line";
    case resemblance::double_counted_line:
        return "double_counted_line";
    case resemblance::typed_over_formula:
        return "typed_over_formula";
    case resemblance::stale_value:
        return "stale_value";
    case resemblance::forced_to_foot:
        return "forced_to_foot";
    }
    return "";
}

} // namespace riskshare

#endif
