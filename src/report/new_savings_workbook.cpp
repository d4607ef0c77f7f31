#include <riskshare/report/new_workbook.hpp>

#include "report/book_maker.hpp"

namespace riskshare::report {

namespace {

using workbook::address;

decimal in_thousands(const figure& f) {
    const int shift = power_of_ten(f.unit()) - power_of_ten(unit::thousands);
    return decimal(f.written().coefficient(), f.written().exponent() + shift).normalised();
}

std::string capitalised(rating r) {
    std::string name = to_string(r);
    name[0] = static_cast<char>(name[0] - 'a' + 'A');
    return name;
}

/// A rating looks in a chart as it is called; what is unidentified is grey.
constexpr std::uint32_t colour_of(rating r) {
    constexpr std::uint32_t colours[] = {0xC00000, 0xFFBF00, 0x4EA72E, 0x7F7F7F};
    return colours[static_cast<std::size_t>(r)];
}

constexpr std::uint32_t heading_row = 3, first_row = 4, total_column = 6, risk_column = 7;

} // namespace

workbook::package new_savings_workbook(const savings_table& table, const sourced_weights& weights,
                                       const std::string& about) {
    book_maker book;
    book.sheet("Savings");
    book.widths(1, 1, 34);
    book.widths(2, risk_column, 15);
    book.text({1, 1}, "Savings plans by delivery rating, £000", look::title);
    book.text({heading_row, 1}, "Organisation", look::heading);
    for (rating r : ratings) book.text({heading_row, 2 + static_cast<std::uint32_t>(r)}, capitalised(r), look::heading);
    book.text({heading_row, total_column}, "Total saving planned", look::heading);
    book.text({heading_row, risk_column}, "Risk", look::heading);
    std::uint32_t row = first_row;
    for (const savings_plan& p : table.plans) {
        book.text({row, 1}, p.organisation);
        std::string risk;
        for (rating r : ratings) {
            const address at{row, 2 + static_cast<std::uint32_t>(r)};
            if (p.of(r))
                book.number(at, in_thousands(*p.of(r)), look::entry);
            else
                book.blank(at, look::entry);
            risk += (risk.empty() ? "" : "+") + to_string(at) + "*Weight_" + capitalised(r);
        }
        book.formula({row, total_column}, "SUM(" + to_string(workbook::range{{row, 2}, {row, 5}}) + ")");
        book.formula({row, risk_column}, risk);
        ++row;
    }
    book.text({row, 1}, "System", look::heading);
    for (std::uint32_t c = 2; c <= risk_column; ++c)
        book.formula({row, c}, "SUM(" + to_string(workbook::range{{first_row, c}, {row - 1, c}}) + ")",
                     look::strong_amount);
    book.text({row + 2, 1}, "Yellow cells are for input; a blank is nothing reported. All others are worked out.",
              look::remark);
    if (!about.empty()) book.text({row + 3, 1}, about, look::remark);
    const std::string last = std::to_string(row - 1);
    std::vector<chart_series> series;
    for (rating r : ratings) {
        const std::string column(1, static_cast<char>('B' + static_cast<int>(r)));
        series.push_back({capitalised(r), "=Savings!$" + column + "$4:$" + column + "$" + last, colour_of(r)});
    }
    book.stacked_columns({row + 5, 1}, "Savings by delivery rating, £000", "=Savings!$A$4:$A$" + last, series);

    book.sheet("Weights");
    book.widths(1, 1, 34);
    book.text({1, 1}, "How much of a saving is at risk", look::title);
    book.text({2, 1}, "Source: " + std::string(weights.assumed ? "assumed, " : "") + weights.source, look::remark);
    book.text({heading_row, 1}, "Rating", look::heading);
    book.text({heading_row, 2}, "Risk weight", look::heading);
    row = first_row;
    for (rating r : ratings) {
        const ratio& w = weights.weights.of(r);
        book.text({row, 1}, capitalised(r));
        book.formula({row, 2}, std::to_string(w.numerator()) + "/" + std::to_string(w.denominator()),
                     look::entry_percent);
        book.name("Weight_" + capitalised(r), {{row, 2}, {row, 2}});
        ++row;
    }
    return book.made();
}

} // namespace riskshare::report
