// Which rows above a table are titles, however close they stand to its headings.
#ifndef RISKSHARE_SRC_TEMPLATE_TITLE_ROW_HPP
#define RISKSHARE_SRC_TEMPLATE_TITLE_ROW_HPP

#include <riskshare/template/grid.hpp>

#include <cstdint>

namespace riskshare::templates::detail {

/// A line alone that begins no further right than the headings in row `headings`, beside nothing but a unit: a title,
/// whatever month or kind it names.
bool is_title_row(const grid&, std::uint32_t row, std::uint32_t headings);

} // namespace riskshare::templates::detail

#endif
