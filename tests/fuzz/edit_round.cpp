// Any edit of any small sheet: refused, or the cell holds the value afterwards and every other cell what it held.
#include "../support/whole_round.hpp"

#include "support/small_book.hpp"

#include <riskshare/error.hpp>

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using riskshare::workbook::edit;
    if (size < 6) return 0;
    const std::size_t value_size = std::min<std::size_t>(data[4], size - 6);
    const char* value = reinterpret_cast<const char*>(data) + 6;
    edit wanted;
    wanted.sheet = "Plan";
    wanted.at = {1u + data[0] % 12, 1u + data[1] % 8};
    wanted.kind = static_cast<edit::what>(data[2] % 6);
    wanted.value.assign(value, value_size);
    if (wanted.kind == edit::what::formula) wanted.formula = "A1+" + std::to_string(data[5]);
    riskshare::workbook::patch_options options;
    options.overwrite_formulas = data[3] % 2 != 0;
    const std::string rows(value + value_size, size - 6 - value_size);
    try {
        const auto book = support::book_of(data[3] % 4 < 2 ? support::rows(rows) : rows);
        riskshare::test::edit_touches_nothing_else(book, wanted, options);
    } catch (const riskshare::input_refused&) {
    }
    return 0;
}
