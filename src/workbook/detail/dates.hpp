// Dates that cells store as text.
#ifndef RISKSHARE_WORKBOOK_DETAIL_DATES_HPP
#define RISKSHARE_WORKBOOK_DETAIL_DATES_HPP

#include <riskshare/workbook/sheet.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace riskshare::workbook::detail {

/// The serial number of "2022-07-31", "2022-07-31T10:10:10.5Z" or "10:10:10" (a cell of type "d"), as decimal text with
/// at most ten places, which is finer than a hundredth of a millisecond.
std::optional<std::string> serial_of_iso(std::string_view, bool from_1904);

/// The serial number of a day from March 1900 on.
std::int64_t serial_of_day(calendar_date, bool from_1904);

} // namespace riskshare::workbook::detail

#endif
