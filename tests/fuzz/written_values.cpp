// Any text as a number, an amount as people write it, a fraction, a month, a date, a place or a number format.
#include "../support/whole_round.hpp"

#include <riskshare/accounting.hpp>
#include <riskshare/decimal.hpp>
#include <riskshare/parse_period.hpp>
#include <riskshare/ratio.hpp>
#include <riskshare/unit.hpp>
#include <riskshare/workbook/number_format.hpp>

#include <cstdint>
#include <limits>

namespace {

using riskshare::test::promised;

/// Unless a hundred times the ratio is beyond 64 bits, which is told as an overflow.
void has_percentage(const riskshare::ratio& share) {
    try {
        promised(!to_percent(share).empty(), "a ratio has a percentage");
    } catch (const riskshare::overflow&) {
        constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max() / 100;
        promised(share > riskshare::ratio(most) || share < riskshare::ratio(-most), "only a huge ratio overflows");
    }
}

void as_a_number(std::string_view text) {
    using namespace riskshare;
    if (const auto read = decimal_of_stored(text)) {
        const auto again = decimal_of_stored(to_string(*read));
        promised(again && *again == *read, "a stored decimal written is the decimal read");
        if (const auto share = to_ratio(*read)) has_percentage(*share);
    }
    if (const auto read = parse_decimal(text)) {
        const auto again = parse_decimal(to_string(*read));
        promised(again && *again == *read, "a decimal written is the decimal read");
    }
    if (const auto share = parse_ratio(text)) {
        const auto again = parse_ratio(to_string(*share));
        promised(again && *again == *share, "a ratio written is the ratio read");
    }
    (void)read_written(text);
    (void)parse_unit(text);
    (void)units_in(text);
}

void as_a_time(std::string_view text) {
    using namespace riskshare;
    if (const auto year = parse_financial_year(text)) promised(!to_string(*year).empty(), "a year has a name");
    (void)parse_month(text);
    for (const bool from_1904 : {false, true})
        if (const auto day = workbook::date_of_serial(text, from_1904))
            promised(day->month >= 1 && day->month <= 12 && day->day >= 1 && day->day <= 31 && day->year <= 9999,
                     "a date is one of the calendar");
}

void as_a_place(std::string_view text) {
    using namespace riskshare::workbook;
    if (const auto at = parse_address(text))
        promised(*parse_address(to_string(*at)) == *at, "a place written is the place read");
    if (const auto where = parse_range(text))
        promised(*parse_range(to_string(*where)) == *where, "a range written is the range read");
    (void)is_date_format(text);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    // On the heap and exactly as long, so that a sanitizer sees every step beyond it.
    const std::vector<char> exact(data, data + size);
    const std::string_view text(exact.data(), exact.size());
    as_a_number(text);
    as_a_time(text);
    as_a_place(text);
    return 0;
}
