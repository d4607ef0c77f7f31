// Reading which fill each cell style names.
#include "workbook/detail/cell_fills.hpp"

#include "workbook/detail/relationships.hpp"

namespace riskshare::workbook::detail {

namespace {

styles styles_of(const book& b) {
    for (const relationship& r : relationships_of(b.source(), b.workbook_part()))
        if (!r.missing && !r.external && r.type == "styles")
            return styles(text_of(b.source(), r.target), place_of(b.source(), r.target));
    return {};
}

} // namespace

cell_fills::cell_fills(const book& b) : styles_(styles_of(b)) {}

bool cell_fills::coloured(const cell& c, const cell* beside) const noexcept {
    constexpr std::uint32_t first_of_a_file = 2; // every file begins with none and grey dots
    const std::uint32_t fill = styles_.fill(c.style);
    return fill >= first_of_a_file && (beside == nullptr || styles_.fill(beside->style) != fill);
}

} // namespace riskshare::workbook::detail
