// The charts of a pack's workbook: the program's own, over the cells of the tables that they draw.
#include "report/pack/safe_text.hpp"
#include "report/pack/workbook_writer.hpp"

#include <algorithm>

namespace riskshare::report {

using workbook::address;

namespace {

/// Column of the chart's table in which a series stands; 0 where it does not.
std::uint32_t column_of_series(const pack_table& t, const pack_series& s) {
    for (const pack_row& row : t.rows)
        for (std::size_t c = 0; c < row.cells.size(); ++c)
            if (row.cells[c].figure && !s.figures.empty() && s.figures.front() == row.cells[c].figure)
                return static_cast<std::uint32_t>(c + 1);
    return 0;
}

} // namespace

void workbook_writer::chart(const pack_section& s, const pack_chart& c, std::uint32_t row) {
    if (c.table >= s.tables.size() || c.categories.empty()) return;
    if (c.as == pack_chart::shape::bridge) return bridge(s, c, row);
    const pack_table& t = s.tables[c.table];
    // The rows of the table that the chart draws: as many as it has categories, from the first that it shows.
    std::uint32_t first = body_of(s, c.table), across = 0;
    for (const pack_row& r : t.rows) {
        const bool shown = std::any_of(r.cells.begin(), r.cells.end(), [&](const pack_cell& cell) {
            return cell.figure && c.series.front().figures.front() == cell.figure;
        });
        if (shown) break;
        ++first;
    }
    if (c.as == pack_chart::shape::pairs) across = static_cast<std::uint32_t>(c.categories.size());
    const std::uint32_t last = first + static_cast<std::uint32_t>(c.categories.size()) - 1;
    const std::string on = "=" + sheet_reference(s.name);
    std::vector<chart_series> series;
    static constexpr std::uint32_t ratings_colours[] = {0xD5281B, 0xFFB81C, 0x007F3B, 0x768692};
    for (std::size_t i = 0; i < c.series.size(); ++i) {
        std::string values;
        if (across > 0) {
            const std::optional<figure_home>& h = homes_[*c.series[i].figures.front()];
            values = on + absolute(h->at) + ":" + absolute({h->at.row, h->at.column + across - 1});
        } else {
            const std::uint32_t column = column_of_series(t, c.series[i]);
            if (column == 0) return;
            values = on + absolute({first, column}) + ":" + absolute({last, column});
        }
        chart_series one{harmless_line(c.series[i].name, 60), values};
        one.colour = c.as == pack_chart::shape::stacked ? ratings_colours[i % 4] : i == 0 ? 0x768692u : 0x005EB8u;
        one.hatched = c.as == pack_chart::shape::stacked && i % 4 == 0;
        series.push_back(std::move(one));
    }
    const std::string categories =
        across > 0 ? on + absolute({body_of(s, c.table) - 1, 2}) + ":" + absolute({body_of(s, c.table) - 1, across + 1})
                   : on + absolute({first, 1}) + ":" + absolute({last, 1});
    const chart_shape shape = c.as == pack_chart::shape::stacked ? chart_shape::stacked_columns
                              : c.as == pack_chart::shape::lines ? chart_shape::lines
                              : c.as == pack_chart::shape::pairs ? chart_shape::columns
                                                                 : chart_shape::bars;
    book_.chart(shape, {row, 1}, harmless_line(c.title, 200), categories, series);
}

/// A waterfall: what a bar stands on is there and not seen, on either side of nil.
void workbook_writer::bridge(const pack_section& s, const pack_chart& c, std::uint32_t row) {
    const std::uint32_t first = body_of(s, c.table), count = static_cast<std::uint32_t>(c.categories.size());
    static constexpr const char* titles[] = {"Stands at",    "Foot above nil", "Foot below nil", "Better, above",
                                             "Worse, above", "Better, below",  "Worse, below"};
    for (std::uint32_t k = 0; k < 7; ++k) book_.text({first - 1, 6 + k}, titles[k], look::remark);
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::uint32_t at = first + i;
        const std::string now = "C" + std::to_string(at), was = "C" + std::to_string(at - 1);
        const std::optional<exact> value = pack_.figures[*c.series[0].figures[i]].amount;
        const exact to = value.value_or(exact());
        const exact from = i == 0 ? exact() : pack_.figures[*c.series[0].figures[i - 1]].amount.value_or(exact());
        const exact nil, high = std::max(from, to), low = std::min(from, to);
        const bool whole = i == 0 || i + 1 == count, better = to > from;
        const exact foot_above = std::max(nil, low), foot_below = std::min(nil, high);
        const exact above = std::max(nil, high) - foot_above, below = std::min(nil, low) - foot_below;
        const auto put = [&](std::uint32_t column, const std::string& words, const exact& result) {
            if (const std::optional<decimal> d = in_fifteen_digits(result))
                book_.formula({at, column}, words, *d, look::whole);
        };
        if (whole) {
            put(6, now, to);
            continue;
        }
        const std::string up = "MAX(0,MAX(" + was + "," + now + "))-MAX(0,MIN(" + was + "," + now + "))";
        const std::string down = "MIN(0,MIN(" + was + "," + now + "))-MIN(0,MAX(" + was + "," + now + "))";
        put(7, "MAX(0,MIN(" + was + "," + now + "))", foot_above);
        put(8, "MIN(0,MAX(" + was + "," + now + "))", foot_below);
        put(9, "IF(" + now + ">" + was + "," + up + ",0)", better ? above : nil);
        put(10, "IF(" + now + ">" + was + ",0," + up + ")", better ? nil : above);
        put(11, "IF(" + now + ">" + was + "," + down + ",0)", better ? below : nil);
        put(12, "IF(" + now + ">" + was + ",0," + down + ")", better ? nil : below);
    }
    std::vector<chart_series> series;
    static constexpr std::uint32_t colours[] = {0x005EB8, 0, 0, 0x007F3B, 0xD5281B, 0x007F3B, 0xD5281B};
    const std::string on = "=" + sheet_reference(s.name);
    for (std::uint32_t k = 0; k < 7; ++k) {
        chart_series one{titles[k], on + absolute({first, 6 + k}) + ":" + absolute({first + count - 1, 6 + k})};
        one.colour = colours[k];
        one.unseen = k == 1 || k == 2;
        one.hatched = k == 4 || k == 6;
        series.push_back(std::move(one));
    }
    book_.chart(chart_shape::stacked_columns, {row, 1}, harmless_line(c.title, 200),
                on + absolute({first, 1}) + ":" + absolute({first + count - 1, 1}), series);
}

} // namespace riskshare::report
