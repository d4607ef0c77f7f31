// Any text as a sheet: refused by name, or read to the same cells whole and as a stream, edited and read again.
#include "../support/whole_round.hpp"

#include "support/small_book.hpp"

#include <riskshare/error.hpp>

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string strings =
        "<sst xmlns=\"" + support::main_namespace + "\"><si><t>one</t></si><si><r><t>t</t></r></si></sst>";
    const std::string styles = "<styleSheet xmlns=\"" + support::main_namespace +
                               "\"><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>";
    try {
        const auto book = support::book_of({reinterpret_cast<const char*>(data), size},
                                           {{"xl/sharedStrings.xml", strings}, {"xl/styles.xml", styles}});
        riskshare::test::read_all_and_edit(book.source());
        riskshare::test::stream_tells_the_same(book, "Plan");
    } catch (const riskshare::input_refused&) {
    }
    return 0;
}
