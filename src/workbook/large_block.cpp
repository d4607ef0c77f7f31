#include "workbook/detail/large_block.hpp"

#if defined(__linux__)
#include <cerrno>
#include <cstdint>
#include <sys/mman.h>
#endif

namespace riskshare::workbook::detail {

void expect_filled([[maybe_unused]] const void* block, [[maybe_unused]] std::size_t size) noexcept {
#if defined(__linux__) && defined(MADV_HUGEPAGE)
    constexpr std::uintptr_t page = 4096;
    constexpr std::size_t worth_it = std::size_t{4} << 20;
    if (size < worth_it) return;
    const int before = errno;
    const auto begin = reinterpret_cast<std::uintptr_t>(block), first = (begin + page - 1) / page * page;
    (void)madvise(reinterpret_cast<void*>(first), begin + size - first, MADV_HUGEPAGE);
    errno = before;
#endif
}

} // namespace riskshare::workbook::detail
