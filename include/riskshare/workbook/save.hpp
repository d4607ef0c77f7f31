// Saving over a file that was read.
#ifndef RISKSHARE_WORKBOOK_SAVE_HPP
#define RISKSHARE_WORKBOOK_SAVE_HPP

#include <string>
#include <string_view>

namespace riskshare::workbook {

/// Writes a file as `save_file` of <riskshare/workbook/package.hpp> does, but refuses where the file does not hold any
/// more what was read of it. Throws `cannot_write`.
void save_over(const std::string& file, std::string_view bytes, std::string_view as_read);

} // namespace riskshare::workbook

#endif
