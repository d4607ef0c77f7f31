#include "template/tracker_rows.hpp"

#include "template/totals/sum_formula.hpp"

#include <riskshare/parse_period.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace riskshare::templates::detail {

namespace text = riskshare::detail;

column_slot slot_of(const std::string& id) {
    struct named {
        const char* id;
        slot what;
    };
    static constexpr named names[] = {
        {"reference", slot::reference},
        {"name", slot::name},
        {"organisation", slot::organisation},
        {"division", slot::division},
        {"workstream", slot::workstream},
        {"lead", slot::lead},
        {"rating", slot::rating},
        {"type", slot::type},
        {"recurrence", slot::recurrence},
        {"cash_effect", slot::cash_effect},
        {"quality", slot::quality},
        {"stage", slot::stage},
        {"start", slot::start},
        {"month", slot::line_month},
        {"row_kind", slot::row_kind},
        {"plan_year", slot::plan_year},
        {"plan_to_date", slot::plan_to_date},
        {"actual_year", slot::actual_year},
        {"actual_to_date", slot::actual_to_date},
        {"forecast_year", slot::forecast_year},
        {"full_year_effect", slot::full_year_effect},
        {"variance_to_date", slot::variance_to_date},
        {"variance_year", slot::variance_year},
    };
    for (const named& n : names)
        if (id == n.id) return {n.what};
    static constexpr named blocks[] = {{"plan_m", slot::plan_month},
                                       {"actual_m", slot::actual_month},
                                       {"forecast_m", slot::forecast_month},
                                       {"unnamed_m", slot::unnamed_month}};
    for (const named& b : blocks) {
        const std::string prefix = b.id;
        if (id.rfind(prefix, 0) != 0) continue;
        const result<month_label> m = parse_month("m" + id.substr(prefix.size()));
        if (m) return {b.what, m->month.number()};
    }
    return {};
}

namespace {

/// A whole number of few digits, which is what most amounts are; anything else is read with care.
std::optional<std::int64_t> of_few_digits(std::string_view digits, int power) {
    constexpr std::array<std::int64_t, 9> powers = {1,       10,        100,        1000,       10'000,
                                                    100'000, 1'000'000, 10'000'000, 100'000'000};
    constexpr std::size_t few = 9; // with any of these powers they stay below 64 bits
    if (digits.size() > few || power < 0 || static_cast<std::size_t>(power) >= powers.size()) return std::nullopt;
    std::int64_t value = 0;
    const char* const end = digits.data() + digits.size();
    if (std::from_chars(digits.data(), end, value).ptr != end) return std::nullopt;
    return value * powers[static_cast<std::size_t>(power)];
}

} // namespace

row_reader::row_reader(const grid& g, const heading_block& b, unit table_unit, rounding rule, bool from_1904,
                       std::vector<finding>& findings)
    : grid_(g), slots_(std::size_t{g.columns()} + 1), rule_(rule), from_1904_(from_1904), findings_(findings) {
    for (const tracker_column& c : b.columns) {
        if (c.column >= slots_.size()) continue;
        column_slot s = slot_of(c.id);
        s.unit = c.unit.value_or(table_unit);
        s.power = 2 + power_of_ten(s.unit) - c.scaled_by;
        slots_[c.column] = s;
    }
    if (b.row_kind_column && *b.row_kind_column < slots_.size()) slots_[*b.row_kind_column] = {slot::row_kind};
}

tracker_row row_reader::read(std::uint32_t row) {
    tracker_row out;
    out.row = row;
    of_row_.clear();
    for (const workbook::cell& c : grid_.source().row(row))
        if (c.at.column < slots_.size() && slots_[c.at.column].what != slot::none) take(out, c, slots_[c.at.column]);
    return out;
}

void row_reader::accept(const tracker_row& r, bool is_scheme) {
    constexpr std::size_t said = 20;
    for (finding& f : of_row_)
        if (++unreadable_ <= said) findings_.push_back(std::move(f));
    of_row_.clear();
    if (!is_scheme) return;
    if (r.uncalculated_months > 0 && uncalculated_ == 0) first_uncalculated_ = uncalculated_in_row_;
    uncalculated_ += r.uncalculated_months;
}

void row_reader::take(tracker_row& out, const workbook::cell& c, const column_slot& s) {
    if (c.kind == workbook::cell_kind::blank && !c.has_formula) return;
    if (s.what <= slot::row_kind) {
        if ((s.what == slot::start || s.what == slot::line_month) && c.kind == workbook::cell_kind::number) {
            const std::optional<month_label> m = month_in(grid_, c.at.row, c.at.column, from_1904_);
            out.text(s.what) = m ? std::to_string(*m->calendar_year) + "-" +
                                       (m->month.calendar_month() < 10 ? "0" : "") +
                                       std::to_string(m->month.calendar_month())
                                 : "m" + std::string(c.text);
            return;
        }
        if (c.kind != workbook::cell_kind::error) out.text(s.what) = text::plain(c.text);
        return;
    }
    if (s.what >= slot::variance_to_date) {
        if (c.kind == workbook::cell_kind::number)
            out.variances[s.what == slot::variance_to_date ? 0 : 1] = pence(c, s);
        return;
    }
    if (c.has_formula) {
        const adds_up what = adds_up_of(c);
        out.sums_above += what == adds_up::above ? 1 : 0;
        out.sums_below += what == adds_up::below ? 1 : 0;
    }
    if (c.has_formula && c.kind == workbook::cell_kind::blank) {
        ++out.amounts;
        if (s.month == 0) return;
        if (out.uncalculated_months++ == 0) uncalculated_in_row_ = grid_.at(c.at.row, c.at.column);
        return;
    }
    const std::optional<std::int64_t> amount = pence(c, s);
    if (!amount) return;
    ++out.amounts;
    if (s.month == 0)
        out.figure(s.what) = amount;
    else
        out.months[static_cast<std::size_t>(s.what) - static_cast<std::size_t>(slot::plan_month)]
                  [static_cast<std::size_t>(s.month - 1)] = amount;
}

std::optional<std::int64_t> row_reader::pence(const workbook::cell& c, const column_slot& s) {
    if (c.kind == workbook::cell_kind::number) {
        if (const std::optional<std::int64_t> amount = of_few_digits(c.text, s.power)) return amount;
        const result<decimal> value = decimal_of_stored(c.text);
        if (value) {
            int power = s.power + value->exponent();
            std::int64_t amount = value->coefficient();
            bool fits = true;
            for (; power > 0 && fits; --power) fits = !__builtin_mul_overflow(amount, std::int64_t{10}, &amount);
            for (; power < 0 && amount % 10 == 0 && amount != 0; ++power) amount /= 10;
            if (fits && (power == 0 || amount == 0)) return amount;
            if (!fits)
                throw overflow("the amount in " + to_string(grid_.at(c.at.row, c.at.column)) + " is beyond 64 bits");
        }
    }
    const result<cell_figure> read = read_amount(grid_, c.at.row, c.at.column, s.unit);
    if (!read) {
        finding f = to_finding(read.why());
        f.severity = f.rule == "cell.not_available" ? severity::note : severity::error;
        if (f.advice.empty() && f.severity == severity::error) f.advice = "correct the cell; it was read as blank";
        of_row_.push_back(std::move(f));
        return std::nullopt;
    }
    if (!*read) return std::nullopt;
    // A number keeps what its format takes off the display; a text says itself what it is.
    const bool scaled = c.kind == workbook::cell_kind::number;
    exact value = (*read)->value();
    for (int p = 2 + power_of_ten(s.unit) - s.power; scaled && p > 0; --p) value = value / ratio(10);
    const money whole = rounded(value, rule_);
    if (!(exact(whole) == value)) {
        if (fine_.count++ == 0) fine_.first = grid_.at(c.at.row, c.at.column);
        fine_.change += exact(whole) - value;
    }
    return whole.pence();
}

} // namespace riskshare::templates::detail
