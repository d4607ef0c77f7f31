// Measures with their values beside them: capital against its limit, agency against its cap.
#include "template/finance_sheet.hpp"
#include "template/words/units.hpp"

namespace riskshare::templates::detail {

using riskshare::detail::folded;

namespace {

struct measure {
    std::string label;
    std::uint32_t row, column; // of the value
};

/// The label in each row and the first cell right of it that holds anything.
std::vector<measure> measures_in(const grid& g, bool only_alone) {
    std::vector<measure> out;
    for (std::uint32_t row = 1; row <= g.rows(); ++row) {
        std::vector<std::uint32_t> filled;
        for (std::uint32_t c = 1; c <= g.columns(); ++c)
            if (!g.blank(row, c) && !(filled.empty() && g.is_number(row, c))) filled.push_back(c);
        if (filled.size() < 2 || (only_alone && filled.size() > 2)) continue;
        out.push_back({g.text(row, filled[0]), row, filled[1]});
    }
    return out;
}

class measure_reader {
public:
    measure_reader(const grid& g, const read_options& o, finance_report& r, std::vector<finding>& f)
        : grid_(g), options_(o), report_(r), findings_(f) {}

    void read(const measure& m) {
        const std::string t = folded(m.label);
        const auto says = [&](const char* words) { return t.find(words) != std::string::npos; };
        if (says("agency")) {
            if (says("cap") || says("ceiling"))
                report_.agency_cap = amount(m);
            else if (says("spend") || says("spent") || says("actual") || says("cost"))
                report_.agency_to_date = amount(m);
            return;
        }
        const bool share = says("share") || says("%") || says("percent") || says("proportion");
        if (share && (says("year") || says("time")))
            fraction(m, &capital_position::printed_expired, &capital_position::at_expired);
        else if (share && (says("spent") || says("limit")))
            fraction(m, &capital_position::printed_spent, &capital_position::at_spent);
        else if (says("underspend"))
            capital().underspend_against_plan = amount(m);
        else if (says("overspend"))
            negated_underspend(m);
        else if (says("forecast"))
            capital().forecast = amount(m);
        else if (says("limit"))
            capital().limit = amount(m);
        else if (says("spent") || says("spend"))
            capital().spent = amount(m);
    }

private:
    capital_position& capital() {
        if (!report_.capital) report_.capital.emplace();
        return *report_.capital;
    }

    /// The unit stands in the label, in the cell, or in a line above; none is assumed.
    cell_figure amount(const measure& m) {
        std::vector<unit> named = words::units_of_text(m.label);
        if (named.empty() && m.row > 1) {
            const std::vector<words::unit_said> above = words::units_above(grid_, m.row - 1, 1, grid_.columns());
            const bool own =
                !grid_.is_number(m.row, m.column) && !words::units_of_text(grid_.text(m.row, m.column)).empty();
            if (above.size() > 1 && !own) {
                findings_.push_back(words::two_units("\"" + m.label + "\"", above));
                return {};
            }
            if (!above.empty()) named = {above.front().unit};
        }
        if (named.empty() && options_.unit_if_none) named = {*options_.unit_if_none};
        const result<cell_figure> f =
            read_amount(grid_, m.row, m.column, named.size() == 1 ? named.front() : unit::pounds);
        if (!f) {
            findings_.push_back(to_finding(f.why()));
            return {};
        }
        const result<written_amount> written = read_written(grid_.text(m.row, m.column));
        const bool own_unit = !grid_.is_number(m.row, m.column) && written && written->in;
        if (*f && named.size() != 1 && !own_unit) {
            findings_.push_back({"table.no_unit",
                                 severity::error,
                                 "\"" + m.label + "\" names no unit: is it in £, £000 or £m?",
                                 {grid_.at(m.row, m.column)},
                                 "write the unit in the label, or say it with --unit"});
            return {};
        }
        return *f;
    }

    void negated_underspend(const measure& m) {
        const cell_figure f = amount(m);
        if (f) capital().underspend_against_plan = figure(-f->written(), f->unit(), f->at());
    }

    void fraction(const measure& m, std::optional<ratio> capital_position::*to, provenance capital_position::*at) {
        const result<std::optional<ratio>> r = read_fraction(grid_, m.row, m.column);
        if (!r) {
            findings_.push_back(to_finding(r.why()));
            return;
        }
        if (*r && (**r < ratio(0) || ratio(2) < **r)) {
            findings_.push_back({"capital.share",
                                 severity::error,
                                 "\"" + m.label + "\" reads " + to_string(**r) + ": is that a share or percent?",
                                 {grid_.at(m.row, m.column)},
                                 "write 13% or 0.13"});
            return;
        }
        capital().*to = *r;
        capital().*at = grid_.at(m.row, m.column);
    }

    const grid& grid_;
    const read_options& options_;
    finance_report& report_;
    std::vector<finding>& findings_;
};

} // namespace

void read_measures(const grid& g, bool beside_a_table, const read_options& options, finance_report& report,
                   std::vector<finding>& findings) {
    measure_reader reader(g, options, report, findings);
    for (const measure& m : measures_in(g, beside_a_table)) reader.read(m);
}

} // namespace riskshare::templates::detail
