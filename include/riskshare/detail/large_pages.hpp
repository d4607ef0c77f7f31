// Large blocks of memory that are about to be filled from end to end.
#ifndef RISKSHARE_DETAIL_LARGE_PAGES_HPP
#define RISKSHARE_DETAIL_LARGE_PAGES_HPP

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>

#if defined(__linux__)
#include <cerrno>
#include <sys/mman.h>
#endif

namespace riskshare::detail {

/// Asks the system for large pages, before the block is first touched: on a virtual machine the faults of 4 KiB pages
/// cost more time than what fills them. Does nothing for small blocks, or where there is no such request.
inline void expect_filled([[maybe_unused]] const void* block, [[maybe_unused]] std::size_t size) noexcept {
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

struct large_array_deleter {
    std::align_val_t alignment{alignof(std::uint64_t)};
    void operator()(std::uint64_t* block) const { ::operator delete(block, alignment); }
};
using large_array = std::unique_ptr<std::uint64_t[], large_array_deleter>;

/// Room for so many numbers, none of them set.
inline large_array large_block(std::size_t count) {
    constexpr std::size_t large_page = std::size_t{2} << 20;
    const std::size_t bytes = count * sizeof(std::uint64_t);
    const std::align_val_t alignment{bytes < large_page ? alignof(std::uint64_t) : large_page};
    void* block = ::operator new(bytes, alignment);
    expect_filled(block, bytes);
    return large_array(static_cast<std::uint64_t*>(block), {alignment});
}

} // namespace riskshare::detail

#endif
