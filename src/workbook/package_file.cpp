#include "detail/file.hpp"
#include "detail/path.hpp"
#include "detail/refusal.hpp"

#include <riskshare/detail/large_pages.hpp>

#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>

namespace riskshare::workbook::detail::file {
namespace {

struct closer {
    void operator()(std::FILE* f) const noexcept { std::fclose(f); }
};

std::string reason(int number) { return std::generic_category().message(number); }

} // namespace

std::string read(const std::filesystem::path& path, std::uint64_t at_most) {
    const std::string name = text_of(path);
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored))
        refuse("package.unreadable", name, "is a folder. Name the workbook in it.");
    errno = 0;
    const std::unique_ptr<std::FILE, closer> in(opened_for_reading(path));
    if (!in && errno == ENOENT) refuse("package.not_found", name, "does not exist. Check the name and the folder.");
    if (!in) refuse("package.unreadable", name, "cannot be opened: " + reason(errno) + ".");
    std::setvbuf(in.get(), nullptr, _IONBF, 0);
    const std::uintmax_t size = std::filesystem::file_size(path, ignored);
    std::string bytes;
    // One more than the size, so that the end is met without another round.
    std::size_t room = ignored || size > at_most ? std::size_t{1} << 16 : static_cast<std::size_t>(size) + 1;
    for (std::size_t used = 0;; room = bytes.size()) {
        bytes.reserve(used + room);
        riskshare::detail::expect_filled(bytes.data() + used, room);
        bytes.resize(used + room);
        const std::size_t got = std::fread(bytes.data() + used, 1, room, in.get());
        used += got;
        if (used > at_most)
            refuse("package.too_large", name,
                   "is larger than " + std::to_string(at_most >> 20) + " MiB, which is refused.");
        if (got == room) continue;
        bytes.resize(used);
        if (std::ferror(in.get()) != 0) refuse("package.unreadable", name, "cannot be read: " + reason(errno) + ".");
        return bytes;
    }
}

} // namespace riskshare::workbook::detail::file
