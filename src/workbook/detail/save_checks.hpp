// What is asked before a file is replaced, whatever the system.
#ifndef RISKSHARE_WORKBOOK_DETAIL_SAVE_CHECKS_HPP
#define RISKSHARE_WORKBOOK_DETAIL_SAVE_CHECKS_HPP

#include "file.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace riskshare::workbook::detail::file {

/// Throws `cannot_write` with the file's name before the sentence.
[[noreturn]] void fail(const std::filesystem::path&, const std::string& sentence);

/// Throws `cannot_write` where a lock file of Excel or LibreOffice lies beside the target.
void refuse_while_open_elsewhere(const std::filesystem::path& target);

/// Throws `cannot_write` where the target is the file that was read, and holds neither what was read nor what is
/// written.
void refuse_when_changed_since_read(const std::filesystem::path& target, const origin&, std::string_view bytes);

} // namespace riskshare::workbook::detail::file

#endif
