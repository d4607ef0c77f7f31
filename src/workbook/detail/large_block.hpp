// Large blocks of memory that are about to be filled from end to end.
#ifndef RISKSHARE_WORKBOOK_DETAIL_LARGE_BLOCK_HPP
#define RISKSHARE_WORKBOOK_DETAIL_LARGE_BLOCK_HPP

#include <cstddef>

namespace riskshare::workbook::detail {

/// Asks the system for large pages, before the block is first touched: on a virtual machine the faults of 4 KiB pages
/// cost more time than inflating what fills them. Does nothing for small blocks, or where there is no such request.
void expect_filled(const void* block, std::size_t size) noexcept;

} // namespace riskshare::workbook::detail

#endif
