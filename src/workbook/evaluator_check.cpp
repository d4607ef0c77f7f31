// Compares what formulas give with what is stored. Each formula is recomputed by itself from what its inputs store.
#include "workbook/detail/evaluation.hpp"

#include <riskshare/decimal.hpp>

#include <algorithm>
#include <cmath>
#include <map>

namespace riskshare::workbook {

using detail::value;

struct evaluator::state {
    explicit state(const book& b) : of(b) {}
    detail::evaluation of;
    std::unordered_map<std::string, std::map<address, range>> arrays; ///< by sheet, then by where their formula stands

    /// The range that an array formula in this cell fills.
    const range* array_at(const std::string& sheet, address at) {
        const auto [found, fresh] = arrays.try_emplace(sheet);
        if (fresh)
            for (const range& r : of.view_of(sheet).cells.array_ranges()) found->second.emplace(r.first, r);
        const auto one = found->second.find(at);
        return one == found->second.end() ? nullptr : &one->second;
    }

    std::optional<value> whole(const std::string& home, const std::string& text, address here) {
        const result<formula> parsed = detail::parse_with_tables(text);
        if (!parsed) {
            of.why = parsed.why().message.substr(parsed.why().message.rfind(": ") + 2);
            return std::nullopt;
        }
        const bool array = here.row != 0 && array_at(home, here) != nullptr;
        std::optional<value> v = of.whole(home, *parsed, here, array);
        if (v && v->kind == value::what::array) v = v->items->all.empty() ? value{} : v->items->all.front();
        return v;
    }
};

evaluator::evaluator(const book& b, std::size_t most_cells) : state_(std::make_unique<state>(b)) {
    state_->of.read.cells_left = most_cells;
}
evaluator::~evaluator() = default;

namespace detail {

std::string cell_text(const value& v) {
    if (v.kind == value::what::number) return stored_digits(v.number);
    if (v.kind == value::what::boolean) return v.number != 0 ? "TRUE" : "FALSE";
    return v.kind == value::what::blank ? "0" : v.text;
}

cell_kind kind_of(const value& v) {
    return v.kind == value::what::text      ? cell_kind::text
           : v.kind == value::what::boolean ? cell_kind::boolean
           : v.kind == value::what::error   ? cell_kind::error
                                            : cell_kind::number;
}

} // namespace detail

namespace {

/// At 12 significant digits: what the eye sees, without the noise of binary fractions.
std::string digits_of(double n) {
    if (n == 0 || !std::isfinite(n)) return "0";
    const int exponent = static_cast<int>(std::floor(std::log10(std::fabs(n)))) - 11;
    const double scaled = exponent < 0 ? n * std::pow(10.0, -exponent) : n / std::pow(10.0, exponent);
    const decimal d = decimal(static_cast<std::int64_t>(std::llround(scaled)), exponent).normalised();
    return to_string(d);
}

std::string text_of(const value& v) {
    return v.kind == value::what::number ? digits_of(v.number) : detail::cell_text(v);
}

} // namespace

recomputed evaluator::check(std::string_view sheet, const cell& c) {
    recomputed out;
    if (!c.has_formula || c.formula.empty() || c.kind == cell_kind::blank) return out;
    const std::optional<value> got = state_->whole(std::string(sheet), std::string(c.formula), c.at);
    if (!got) {
        out.why = state_->of.why;
        return out;
    }
    if (got->is_error() != (c.kind == cell_kind::error)) return out;
    if (got->is_error()) return got->text == c.text ? recomputed{freshness::fresh, got->text, {}} : out;
    bool same = false;
    if (c.kind == cell_kind::number) {
        if (got->kind == value::what::text) return out;
        double stored = 0;
        try {
            stored = detail::number_of_text(c.text);
        } catch (const detail::not_evaluated&) {
            return out;
        }
        // Binary sums of large numbers lose what lies beyond the fifteenth digit of the largest.
        const double noise =
            1e-11 * std::max({state_->of.read.largest, std::fabs(stored), std::fabs(got->number), 1e-3});
        same = std::fabs(stored - got->number) <= noise;
    } else if (c.kind == cell_kind::boolean) {
        if (got->kind != value::what::boolean) return out;
        same = (got->number != 0) == (c.text == "TRUE");
    } else {
        if (got->kind != value::what::text) return out;
        same = got->text == c.text;
    }
    return {same ? freshness::fresh : freshness::stale, text_of(*got), {}};
}

std::optional<std::string> evaluator::computed(std::string_view sheet, const std::string& text) {
    const std::optional<value> got = state_->whole(std::string(sheet), text, {0, 0});
    if (!got || got->is_error()) return std::nullopt;
    return text_of(*got);
}

} // namespace riskshare::workbook
