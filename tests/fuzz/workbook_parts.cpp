// Any texts as the parts of a workbook, one after another with a line of its name before each.
#include "../support/whole_round.hpp"

#include "support/small_book.hpp"

#include <riskshare/error.hpp>

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view all(reinterpret_cast<const char*>(data), size);
    constexpr std::string_view mark = "\n%part ";
    support::parts parts;
    for (std::size_t at = all.find(mark); at != std::string_view::npos;) {
        const std::size_t name = at + mark.size(), line = std::min(all.find('\n', name), all.size());
        at = all.find(mark, line);
        parts[std::string(all.substr(name, line - name))] = line < all.size() && at > line
                                                                ? all.substr(line + 1, at - line - 1)
                                                                : std::string_view(); // two names in a row hold nothing
    }
    try {
        const std::string sheet = support::rows("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>");
        riskshare::test::read_all_and_edit(support::book_of(sheet, parts).source());
    } catch (const riskshare::input_refused&) {
    }
    return 0;
}
