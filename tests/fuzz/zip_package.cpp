// Any bytes as a workbook: refused by name, or read, changed and read again.
#include "../support/whole_round.hpp"

#include <riskshare/error.hpp>

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    namespace test = riskshare::test;
    try {
        const auto file =
            riskshare::workbook::package::from_bytes({reinterpret_cast<const char*>(data), size}, "fuzzed");
        test::promised(file.bytes() == std::string_view(reinterpret_cast<const char*>(data), size), "bytes are kept");
        test::exchange_a_part(file);
        test::read_all_and_edit(file);
    } catch (const riskshare::input_refused&) {
    }
    return 0;
}
