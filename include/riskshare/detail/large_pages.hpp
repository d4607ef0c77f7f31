// A large block of numbers that is about to be filled from end to end.
#ifndef RISKSHARE_DETAIL_LARGE_PAGES_HPP
#define RISKSHARE_DETAIL_LARGE_PAGES_HPP

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace riskshare::detail {

constexpr std::size_t large_page = std::size_t{2} << 20;

struct large_array_deleter {
    std::align_val_t alignment{alignof(std::uint64_t)};
    void operator()(std::uint64_t* block) const { ::operator delete(block, alignment); }
};
using large_array = std::unique_ptr<std::uint64_t[], large_array_deleter>;

/// Room for so many numbers, none of them set. The system is asked to back it with large pages: on a virtual machine
/// the faults of small ones cost as much as the work.
inline large_array large_block(std::size_t count) {
    const std::size_t bytes = count * sizeof(std::uint64_t);
    const std::align_val_t alignment{bytes < large_page ? alignof(std::uint64_t) : large_page};
    void* block = ::operator new(bytes, alignment);
#if defined(__linux__) && defined(MADV_HUGEPAGE)
    if (bytes >= large_page) (void)madvise(block, bytes / 4096 * 4096, MADV_HUGEPAGE);
#endif
    return large_array(static_cast<std::uint64_t*>(block), {alignment});
}

} // namespace riskshare::detail

#endif
