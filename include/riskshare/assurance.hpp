// How sure a committee is of what it was told. Red, amber and green here grade assurance, not delivery.
#ifndef RISKSHARE_ASSURANCE_HPP
#define RISKSHARE_ASSURANCE_HPP

#include <riskshare/detail/text.hpp>
#include <riskshare/result.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace riskshare {

/// The strength of assurance that a committee reports to its board: low is shown red, medium amber, high green. A type
/// of its own: it neither converts to nor compares with a savings `rating`, which uses the same colours for how likely
/// a saving is to be delivered.
class assurance_grade {
public:
    static constexpr assurance_grade low() { return assurance_grade(strength::low); }
    static constexpr assurance_grade medium() { return assurance_grade(strength::medium); }
    static constexpr assurance_grade high() { return assurance_grade(strength::high); }

    constexpr std::string_view name() const {
        return of_ == strength::low ? "low" : of_ == strength::medium ? "medium" : "high";
    }
    /// The colour that the committee's key gives it.
    constexpr std::string_view colour() const {
        return of_ == strength::low ? "red" : of_ == strength::medium ? "amber" : "green";
    }
    /// By strength: low < medium < high.
    friend constexpr auto operator<=>(const assurance_grade&, const assurance_grade&) = default;

private:
    enum class strength : std::uint8_t { low, medium, high };
    constexpr explicit assurance_grade(strength s) : of_(s) {}
    strength of_;
};

/// "Low", " medium ", "HIGH". A bare colour is refused: it could be a delivery rating. Fails with rule
/// "assurance.unknown".
result<assurance_grade> parse_assurance(std::string_view);

/// One row of a committee's highlight report.
struct assurance_row {
    std::string report;
    assurance_grade grade;
    std::string escalated = {}, risks = {};
};

// ---------------------------------------------------------------------------------------------------------------------

inline result<assurance_grade> parse_assurance(std::string_view text) {
    const std::string t = detail::folded(text);
    if (t == "low") return assurance_grade::low();
    if (t == "medium") return assurance_grade::medium();
    if (t == "high") return assurance_grade::high();
    return failure{"assurance.unknown",
                   "\"" + std::string(text) + "\" is no strength of assurance; write Low, Medium or High"};
}

} // namespace riskshare

#endif
