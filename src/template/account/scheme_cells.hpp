// The cells of trackers that schemes were read from.
#ifndef RISKSHARE_TEMPLATE_ACCOUNT_SCHEME_CELLS_HPP
#define RISKSHARE_TEMPLATE_ACCOUNT_SCHEME_CELLS_HPP

#include "template/tracker_rows.hpp"

#include <riskshare/template/account.hpp>

#include <functional>

namespace riskshare::templates::detail {

/// Told of a column of amounts in a row of a scheme; the scheme by its place in the tracker.
using scheme_cell_listener = std::function<void(const tracker_table&, const tracker_column&, const column_slot&,
                                                std::uint32_t row, std::size_t scheme)>;
void each_scheme_cell(const tracker_reading&, const scheme_cell_listener&);

} // namespace riskshare::templates::detail

#endif
