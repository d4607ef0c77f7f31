#include "detail/save_checks.hpp"
#include "detail/path.hpp"
#include "detail/refusal.hpp"

#include <riskshare/error.hpp>

#include <algorithm>
#include <array>
#include <system_error>
#include <utility>

namespace riskshare::workbook::detail::file {

namespace fs = std::filesystem;

void fail(const fs::path& path, const std::string& sentence) { throw cannot_write(text_of(path) + " " + sentence); }

void refuse_while_open_elsewhere(const fs::path& target) {
    const std::string name = text_of(target.filename());
    const std::array<std::pair<std::string, const char*>, 2> locks{
        {{"~$" + name, "Excel"}, {".~lock." + name + "#", "LibreOffice"}}};
    for (const auto& [lock, program] : locks) {
        std::error_code none;
        const fs::file_status found = fs::symlink_status(target.parent_path() / path_of(lock), none);
        if (fs::exists(found))
            fail(target, "is open in " + std::string(program) + " (its lock file " + in_quotes(lock) +
                             " is there). Close it there and try again; if nobody has it open, delete the lock file.");
    }
}

void refuse_when_changed_since_read(const fs::path& target, const origin& from, std::string_view bytes) {
    std::error_code ignored;
    if (from.path.empty() || !fs::equivalent(target, from.path, ignored)) return;
    std::string now;
    try {
        now = read(target, std::max(from.bytes.size(), bytes.size()));
    } catch (const input_refused&) {
        now.clear(); // grown, or not to be read any more
    }
    if (now != from.bytes && now != bytes)
        fail(target,
             "was changed by somebody else since it was read. Nothing was written; read it again and repeat the "
             "edit.");
}

} // namespace riskshare::workbook::detail::file
