// Which cells of a workbook have a background colour of their own.
#ifndef RISKSHARE_WORKBOOK_DETAIL_CELL_FILLS_HPP
#define RISKSHARE_WORKBOOK_DETAIL_CELL_FILLS_HPP

#include "workbook/detail/styles.hpp"

#include <riskshare/workbook/sheet.hpp>

namespace riskshare::workbook::detail {

class cell_fills {
public:
    explicit cell_fills(const book&);
    /// Whether the cell is coloured, and not as the one beside it is; nullptr: there is none beside it.
    bool coloured(const cell&, const cell* beside) const noexcept;

private:
    styles styles_;
};

} // namespace riskshare::workbook::detail

#endif
