// Which month and year a sheet of positions is of.
#ifndef RISKSHARE_SRC_TEMPLATE_SHARE_PERIODS_HPP
#define RISKSHARE_SRC_TEMPLATE_SHARE_PERIODS_HPP

#include <riskshare/finding.hpp>
#include <riskshare/period.hpp>
#include <riskshare/provenance.hpp>
#include <riskshare/workbook/sheet.hpp>

#include <optional>
#include <string>
#include <vector>

namespace riskshare::templates {

/// The month of a sheet that its name or its first lines call a position.
std::optional<month> month_of_position_sheet(const workbook::book&, const std::string& sheet);

/// A title, or the name of the sheet.
struct sheet_title {
    std::string text;
    provenance at;
};
/// One finding for each title that names another month ("share.two_months") or another year ("share.two_years").
std::vector<finding> titles_of_another_period(const std::vector<sheet_title>&, const period&);

} // namespace riskshare::templates

#endif
