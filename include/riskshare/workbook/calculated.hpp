// A workbook whose formulas all have results, as far as they can be worked out.
#ifndef RISKSHARE_WORKBOOK_CALCULATED_HPP
#define RISKSHARE_WORKBOOK_CALCULATED_HPP

#include <riskshare/workbook/sheet.hpp>

namespace riskshare::workbook {

/// The book, in which each formula that is stored without a result has the one that it gives: workbooks written by
/// openpyxl or R store none. A formula that is not evaluated here stays without. It is for reading: its bytes are not
/// those of the file. The book itself where no result is missing.
book calculated(const book&);

} // namespace riskshare::workbook

#endif
