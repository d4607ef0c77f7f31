// Figures of a pack: read, or worked out from others.
#include "report/pack/maker.hpp"

#include <riskshare/accounting.hpp>

#include <algorithm>

namespace riskshare::report {

namespace {

exact product(const exact& a, const exact& b) { return exact::pence(a.pence() * b.pence() / 100); }

pack_figure named(std::string name) {
    pack_figure f;
    f.name = std::move(name);
    return f;
}

} // namespace

figure_id pack_maker::keep(pack_figure f) {
    pack_.figures.push_back(std::move(f));
    return pack_.figures.size() - 1;
}

figure_id pack_maker::read(std::string name, const cell_figure& cell) {
    pack_figure f = named(std::move(name));
    f.blank = !cell;
    f.read = cell.has_value();
    if (cell) f.amount = cell->value();
    if (cell && cell->at().known()) f.at = {cell->at()};
    f.rule = cell ? "as it stands in the file" : "the file leaves it blank";
    return keep(std::move(f));
}

figure_id pack_maker::given(std::string name, const std::optional<exact>& amount, std::vector<provenance> at,
                            std::string rule) {
    pack_figure f = named(std::move(name));
    f.amount = amount;
    f.at = std::move(at);
    f.read = rule.empty();
    f.rule = rule.empty() ? "as it stands in the file" : std::move(rule);
    return keep(std::move(f));
}

figure_id pack_maker::share(std::string name, const ratio& r, std::string rule, std::vector<provenance> at) {
    pack_figure f = named(std::move(name));
    f.amount = exact(money::pounds(1)) * r;
    f.of = pack_quantity::share;
    f.read = true;
    f.rule = std::move(rule);
    f.at = std::move(at);
    return keep(std::move(f));
}

figure_id pack_maker::number(std::string name, std::int64_t n) {
    pack_figure f = named(std::move(name));
    f.amount = exact(money::pounds(n));
    f.of = pack_quantity::number;
    f.rule = "counted";
    return keep(std::move(f));
}

figure_id pack_maker::sum(std::string name, std::vector<figure_id> parts, std::string rule) {
    pack_figure f = named(std::move(name));
    f.rule = std::move(rule);
    f.amount.emplace();
    for (figure_id id : parts) {
        const pack_figure& part = pack_.figures[id];
        if (part.amount && f.amount) *f.amount += *part.amount;
        if (!part.amount && !part.blank) f.amount.reset();
    }
    if (!parts.empty()) f.of = pack_.figures[parts.front()].of, f.formula = "+";
    f.from = std::move(parts);
    return keep(std::move(f));
}

figure_id pack_maker::difference(std::string name, figure_id from, figure_id less, std::string rule) {
    pack_figure f = named(std::move(name));
    f.rule = std::move(rule);
    if (of(from) && of(less)) f.amount = *of(from) - *of(less);
    f.of = pack_.figures[from].of;
    f.formula = "{0}-{1}";
    f.from = {from, less};
    return keep(std::move(f));
}

figure_id pack_maker::weighed(std::string name, const std::vector<std::pair<figure_id, figure_id>>& parts,
                              std::string rule) {
    pack_figure f = named(std::move(name));
    f.rule = std::move(rule);
    f.amount.emplace();
    for (const auto& part : parts) {
        const pack_figure &a = pack_.figures[part.first], &by = pack_.figures[part.second];
        const std::string n = std::to_string(f.from.size()), next = std::to_string(f.from.size() + 1);
        f.formula += (f.formula.empty() ? "{" : "+{") + n + "}*{" + next + "}";
        f.from.insert(f.from.end(), {part.first, part.second});
        if (a.blank) continue;
        if (!a.amount || !by.amount)
            f.amount.reset();
        else if (f.amount)
            *f.amount += product(*a.amount, *by.amount);
    }
    return keep(std::move(f));
}

figure_id pack_maker::quotient(std::string name, figure_id part, figure_id whole, std::string rule) {
    pack_figure f = named(std::move(name));
    f.rule = std::move(rule);
    f.of = pack_quantity::share;
    if (of(part) && of(whole) && !of(whole)->is_zero())
        f.amount = exact::pence(of(part)->pence() / of(whole)->pence() * 100);
    f.formula = "{0}/{1}";
    f.from = {part, whole};
    return keep(std::move(f));
}

figure_id pack_maker::worked(std::string name, const std::optional<exact>& amount, std::string rule,
                             std::string formula, std::vector<figure_id> from) {
    pack_figure f = named(std::move(name));
    f.amount = amount;
    f.rule = std::move(rule);
    f.formula = std::move(formula);
    f.from = std::move(from);
    return keep(std::move(f));
}

void pack_maker::follows(figure_id id, std::string formula, std::vector<figure_id> from) {
    exact sum;
    for (std::size_t i = 0; i < from.size(); ++i) {
        if (!of(from[i])) return;
        const std::size_t at = formula.find("{" + std::to_string(i) + "}");
        sum += at > 0 && formula[at - 1] == '-' ? -*of(from[i]) : *of(from[i]);
    }
    pack_figure& f = pack_.figures[id];
    if (f.amount != sum) return;
    f.formula = std::move(formula);
    f.from = std::move(from);
}

void pack_maker::is_sum(figure_id id, std::vector<figure_id> parts, std::string rule) {
    pack_figure& f = pack_.figures[id];
    if (!f.amount || parts.empty()) return;
    exact sum;
    for (figure_id part : parts) {
        if (part == id || (!of(part) && !pack_.figures[part].blank)) return;
        sum += or_nil(part);
    }
    if (sum != *f.amount) return;
    f.rule = std::move(rule);
    f.formula = "+";
    f.from = std::move(parts);
}

figure_id pack_maker::agreed(figure_id id, const std::optional<exact>& by_library) {
    pack_figure& f = pack_.figures[id];
    if (f.amount == by_library) return id;
    f.amount = by_library;
    f.formula.clear();
    return id;
}

namespace {

/// Whether no money of the column is cut at so many places.
bool shows_whole(const pack_table& t, const pack& p, std::size_t column, int places, bool all) {
    for (const pack_row& row : t.rows) {
        if (column >= row.cells.size() || !row.cells[column].figure) continue;
        const pack_figure& f = p.figures[*row.cells[column].figure];
        if (f.of != pack_quantity::money || !f.amount || (!all && !f.read)) continue;
        if (exact(rounded(*f.amount, t.unit, places, rounding::half_away_from_zero), t.unit) != *f.amount) return false;
    }
    return true;
}

} // namespace

void fit_places(pack_table& t, const pack& p, int least, bool all) {
    t.places = least;
    t.column_places.assign(t.headings.size(), least);
    for (std::size_t column = 0; column < t.headings.size(); ++column)
        for (int places = least; places < least + 3; ++places)
            if (shows_whole(t, p, column, places, all)) {
                t.column_places[column] = places;
                break;
            }
}

int places_in(const pack_table& t, std::size_t column) {
    return column < t.column_places.size() ? t.column_places[column] : t.places;
}

std::string shown(const pack_figure& f, riskshare::unit u, int places) {
    if (f.blank) return "";
    if (!f.amount) return "unknown";
    if (f.of == pack_quantity::money) return accounting(*f.amount, u, places);
    const exact& e = *f.amount;
    if (f.of == pack_quantity::share) {
        const exact hundred = e * ratio(100);
        const int most =
            exact(rounded(hundred, unit::pounds, 0, rounding::half_away_from_zero), unit::pounds) == hundred ? 0 : 1;
        const std::string digits = to_string(rounded(hundred, unit::pounds, most, rounding::half_away_from_zero));
        return digits + "%";
    }
    for (int n = 0; n < 2; ++n)
        if (exact(rounded(e, unit::pounds, n, rounding::half_away_from_zero), unit::pounds) == e)
            return e.is_zero() ? "0" : accounting(e, unit::pounds, n);
    return accounting(e, unit::pounds, 2);
}

} // namespace riskshare::report
