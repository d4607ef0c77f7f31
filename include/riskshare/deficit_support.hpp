// Deficit support funding by quarter: planned, received, withheld, earned back.
#ifndef RISKSHARE_DEFICIT_SUPPORT_HPP
#define RISKSHARE_DEFICIT_SUPPORT_HPP

#include <riskshare/detail/footing.hpp>
#include <riskshare/detail/money_text.hpp>
#include <riskshare/figure.hpp>
#include <riskshare/finding.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace riskshare {

/// What NHS England pays a body or system so that its agreed deficit comes out as nil. It is paid by quarter, withheld
/// from those off plan, and may be earned back. All amounts are positive.
/// Source: NHS England, revenue finance and contracting guidance 2025/26; board papers of 2025/26.
struct deficit_support_line {
    std::string organisation = {}; ///< empty where nothing says whose it is
    int quarter = 0;               ///< 1 to 4; 0 is the year, or to date
    cell_figure planned = {}, received = {}, withheld = {}, earned_back = {};
    bool is_total = false; ///< adds up bodies: never to be added to them
};

/// What was planned for a quarter and neither received nor withheld; nothing where one of them is blank.
std::optional<exact> outstanding(const deficit_support_line&);

/// Received and withheld together above what was planned ("deficit_support.above_plan"), a year that its quarters do
/// not give and a total that its bodies do not ("deficit_support.total").
std::vector<finding> review(const std::vector<deficit_support_line>&);

// ---------------------------------------------------------------------------------------------------------------------

inline std::optional<exact> outstanding(const deficit_support_line& l) {
    if (!l.planned || !l.received || !l.withheld) return std::nullopt;
    return l.planned->value() - l.received->value() - l.withheld->value();
}

namespace detail {

inline std::string support_of(const deficit_support_line& l, const char* what) {
    std::string text = "deficit support";
    if (!l.organisation.empty()) text += " of " + l.organisation;
    if (l.quarter != 0) text += ", quarter " + std::to_string(l.quarter);
    return text + ": " + what;
}

inline bool is_quarter_of(const deficit_support_line& part, const deficit_support_line& year) {
    return year.quarter == 0 && part.quarter != 0 && part.organisation == year.organisation &&
           part.is_total == year.is_total;
}
inline bool is_body_of_support(const deficit_support_line& part, const deficit_support_line& total) {
    return total.is_total && !part.is_total && part.quarter == total.quarter;
}

} // namespace detail

inline std::vector<finding> review(const std::vector<deficit_support_line>& all) {
    std::vector<finding> out;
    for (auto of : {&deficit_support_line::planned, &deficit_support_line::received, &deficit_support_line::withheld,
                    &deficit_support_line::earned_back})
        for (const deficit_support_line& whole : all)
            for (auto is_part : {&detail::is_quarter_of, &detail::is_body_of_support}) {
                if (!(whole.*of)) continue;
                std::vector<figure> parts;
                bool given = true;
                for (const deficit_support_line& part : all)
                    if (is_part(part, whole)) {
                        given = given && part.*of;
                        if (part.*of) parts.push_back(*(part.*of));
                    }
                // A year of which only some quarters are listed is no sum of them.
                const std::size_t least = is_part == &detail::is_quarter_of ? 4 : 2;
                if (given && parts.size() >= least)
                    detail::check_footing("deficit_support.total", detail::support_of(whole, "the total"), *(whole.*of),
                                          parts, out);
            }
    for (const deficit_support_line& l : all)
        if (const std::optional<exact> left = outstanding(l); left && left->is_negative())
            out.push_back({"deficit_support.above_plan",
                           severity::warning,
                           detail::support_of(l, "received and withheld come to ") + detail::said(abs(*left)) +
                               " more than was planned",
                           {l.planned->at(), l.received->at(), l.withheld->at()},
                           "see whether an amount was earned back and still counts as withheld"});
    return out;
}

} // namespace riskshare

#endif
