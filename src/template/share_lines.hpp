// What a line of a position says, by its label.
#ifndef RISKSHARE_SRC_TEMPLATE_SHARE_LINES_HPP
#define RISKSHARE_SRC_TEMPLATE_SHARE_LINES_HPP

#include "template/words/vocabulary.hpp"

#include <cstdint>
#include <string>

namespace riskshare::templates {

enum class share_line : std::uint8_t {
    plan_to_date,
    actual_to_date,
    variance_to_date,
    target_to_date,
    delivered_to_date,
    target_for_year,
    delivery_forecast,
    shortfall,
    slippage,
    own_mitigation,
    system_mitigation,
    reserve,
    forecast,
    plan_for_year,
    variance_for_year,
    of_the_month, ///< a plan or an actual of one month alone, which is not shared
    other,
};

share_line share_line_of(const std::string& label, const words::vocabulary&);

/// Whether a text speaks of one month alone: "in month", "Month plan"; "Month 8" dates it.
bool speaks_of_one_month(const std::string& text, const words::vocabulary&);

/// The scheme that a shortfall is of: "Discharge shortfall".
std::string scheme_of_shortfall(const std::string& label);

/// Whether a label is the name, with nothing but a unit beside it.
bool label_is_named(const std::string& label, const std::string& name);

} // namespace riskshare::templates

#endif
