// The one walk over a model that lists its figures: for the account of cells, for `explain` and for facts.
#include <riskshare/figures.hpp>

#include "detail/report_fields.hpp"
#include "detail/scheme_fields.hpp"
#include "detail/sharing_fields.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace riskshare {

namespace {

template <class T>
constexpr bool is_optional = false;
template <class T>
constexpr bool is_optional<std::optional<T>> = true;
template <class T>
constexpr bool is_vector = false;
template <class T>
constexpr bool is_vector<std::vector<T>> = true;

std::string spaced(std::string key) {
    for (char& c : key)
        if (c == '_') c = ' ';
    return key;
}

/// Goes through the fields of a value as the JSON writer does. What has names of its own gives them to all below it.
class figure_walk {
public:
    explicit figure_walk(const figure_listener& to) : to_(to) {}

    void in_table(const std::string& table) { now_.table = table; }

    template <class T>
    void operator()(const char* key, const T& field) {
        visit(key, field);
    }
    template <class T>
    void if_any(const char* key, const T& field) {
        visit(key, field);
    }

    template <class T>
    void visit(const std::string& key, const T& field) {
        if constexpr (std::is_same_v<T, std::string>) {
            named(key, field);
        } else if constexpr (std::is_same_v<T, cell_figure>) {
            if (field) stated(key, *field);
        } else if constexpr (std::is_same_v<T, counted>) {
            counted_as(key, field);
        } else if constexpr (std::is_same_v<T, stated_as>) {
            stated_ = field == stated_as::actual ? "" : std::string(to_string(field)) + " ";
        } else if constexpr (std::is_same_v<T, std::array<cell_figure, debt_ages>>) {
            for (std::size_t age = 0; age < debt_ages; ++age)
                if (field[age]) stated(to_string(static_cast<debt_age>(age)), *field[age]);
        } else if constexpr (std::is_same_v<T, int>) {
            if (now_.table == "deficit support" && key == "quarter" && field != 0)
                now_.period = "Q" + std::to_string(field);
        } else if constexpr (std::is_same_v<T, measured_against>) {
            stated_ = std::string("variance as a share of ") + to_string(field) + ", ";
        } else if constexpr (std::is_same_v<T, staff_group>) {
            now_.item += (now_.item.empty() ? "" : ", ") + std::string(to_string(field)) + " staff";
        } else if constexpr (std::is_same_v<T, figure>) {
            stated(key, field);
        } else if constexpr (is_optional<T>) {
            if (field) visit(key, *field);
        } else if constexpr (is_vector<T>) {
            for (const auto& one : field) visit(key, one);
        } else if constexpr (std::is_same_v<T, exact>) {
            loose(key, field, measured::money);
        } else if constexpr (std::is_same_v<T, money>) {
            loose(key, exact(field), measured::money);
        } else if constexpr (std::is_same_v<T, ratio>) {
            loose(key, exact(money::pounds(1)) * field, measured::percent);
        } else if constexpr (std::is_same_v<T, decimal>) {
            loose(key, exact(field, unit::pounds), measured::number);
        } else if constexpr (std::is_same_v<T, measured_in>) {
            now_.in = field == measured_in::money     ? measured::money
                      : field == measured_in::percent ? measured::percent
                                                      : measured::number;
        } else if constexpr (std::is_same_v<T, share_basis>) {
            now_.basis = field == share_basis::forecast ? "full year" : "to date";
        } else if constexpr (std::is_same_v<T, register_kind>) {
            now_.table = std::string("risk register, ") + words_of(field)[static_cast<std::size_t>(field)] + "s";
        } else if constexpr (std::is_same_v<T, bool>) {
            if (key == "is_total" || key == "total") now_.total = field;
        } else if constexpr (std::is_same_v<T, financial_year>) {
            year_ = to_string(field);
        } else if constexpr (std::is_same_v<T, month>) {
            now_.period = "M" + std::to_string(field.number()) + (year_.empty() ? "" : " " + year_);
        } else if constexpr (std::is_same_v<T, provenance>) {
            if (frame_ != nullptr) frame_->at.push_back(field);
        } else if constexpr (std::is_same_v<T, position>) {
            visit(key, field.lines());
        } else if constexpr (std::is_same_v<T, plan_history>) {
            visit(key, field.versions());
        } else if constexpr (std::is_same_v<T, plan_version> || std::is_same_v<T, assurance_row> ||
                             std::is_same_v<T, risk_score> || std::is_same_v<T, monthly>) {
            // Months without cells of their own, grades and scores: no figures that a cell could be named for.
        } else if constexpr (std::is_class_v<T> && !json::formed<T>) {
            object(key, field);
        }
    }

private:
    struct frame {
        std::vector<stated_figure> figures;
        std::vector<provenance> at;
        std::set<std::string> named;
    };

    template <class T>
    void object(const std::string& key, const T& fields) {
        const stated_figure outer = now_;
        const std::string outer_stated = stated_;
        const std::string outer_year = year_;
        frame own;
        frame* const above = std::exchange(frame_, &own);
        if (key == "in_month" || key == "to_date" || key == "full_year") now_.basis = spaced(key);
        if (key == "printed_totals" || key == "printed") now_.total = true;
        // What is only a value and its cell goes by the name of the field that holds it.
        const std::string outer_key = std::exchange(key_, key);
        using json::describe;
        describe(*this, fields);
        key_ = outer_key;
        // Where an object names several cells they are those of its amounts, in order.
        std::size_t loose = 0;
        const std::vector<provenance>& at = own.at.empty() && above != nullptr ? above->at : own.at;
        for (stated_figure& f : own.figures) {
            if (f.at_its_row && !at.empty()) f.at = at[std::min(loose++, at.size() - 1)];
            to_(f);
        }
        frame_ = above;
        now_ = outer;
        stated_ = outer_stated;
        year_ = outer_year;
    }

    void named(const std::string& key, const std::string& text) {
        static const std::map<std::string, std::string stated_figure::*> meaning{
            {"organisation", &stated_figure::body}, {"owner", &stated_figure::body},
            {"seller", &stated_figure::body},       {"system", &stated_figure::body},
            {"code", &stated_figure::body},         {"label", &stated_figure::item},
            {"measure", &stated_figure::item},      {"reference", &stated_figure::item},
            {"description", &stated_figure::item},  {"name", &stated_figure::item},
            {"scheme", &stated_figure::item},       {"what", &stated_figure::item},
        };
        const auto found = meaning.find(key);
        if (found == meaning.end() || text.empty() || frame_ == nullptr) return;
        const bool of_body = found->second == &stated_figure::body;
        if (!frame_->named.insert(of_body ? "body" : "item").second) return; // the first name is the shortest
        now_.*found->second = text;
    }

    void stated(const std::string& key, const figure& f) {
        stated_figure one = of_key(key);
        one.amount = f.value();
        one.written = f.written();
        one.unit = f.unit();
        one.at = f.at();
        emit(std::move(one));
    }

    /// A number of things, which has no unit of money.
    void counted_as(const std::string& key, const counted& n) {
        stated_figure one = of_key(key);
        one.amount = n.number();
        one.written = n.value;
        one.in = measured::number;
        one.at = n.at;
        emit(std::move(one));
    }

    /// An amount without a cell of its own: it stands where its object does.
    void loose(const std::string& key, const exact& amount, measured in) {
        stated_figure one = of_key(key);
        one.amount = amount;
        if (in != measured::money) one.in = in;
        one.at_its_row = true;
        emit(std::move(one));
    }

    void emit(stated_figure one) {
        if (frame_ != nullptr)
            frame_->figures.push_back(std::move(one));
        else
            to_(one);
    }

    stated_figure of_key(const std::string& key) const {
        stated_figure one = now_;
        one.kind = stated_ + spaced(key == "value" || key == "amount" ? key_ : key);
        if (key.rfind("printed_total", 0) == 0) one.total = true;
        return one;
    }

    const figure_listener& to_;
    stated_figure now_;
    std::string year_, key_, stated_; ///< stated_: "plan ", before the name of a kind
    frame* frame_ = nullptr;
};

/// A field that is written only where it is not what is usual.
template <class T>
void unless_usual(figure_walk& walk, const char* key, const T& field, const T&) {
    walk(key, field);
}

/// Adds what a report is of before its tables are walked.
class report_walk {
public:
    explicit report_walk(figure_walk& walk) : walk_(walk) {}
    template <class T>
    void operator()(const char* key, const T& field) {
        static const std::map<std::string, const char*> tables{
            {"system", "system position"},
            {"organisations", "positions by organisation"},
            {"trades", "trades"},
            {"efficiencies", "efficiencies"},
            {"risks", "risk register"},
            {"capital", "capital"},
            {"agency_to_date", "agency"},
            {"agency_cap", "agency"},
            {"dashboard", "dashboard"},
            {"months", "months reported"},
            {"scores", "scored risks"},
            {"plans", "plan versions"},
            {"deficit_support", "deficit support"},
            {"variance_shares", "variances"},
            {"debts", "debts by age"},
            {"cash", "cash"},
            {"workforce", "workforce"},
            {"pay", "pay"},
        };
        const auto found = tables.find(key);
        if (found != tables.end()) walk_.in_table(found->second);
        walk_.visit(key, field);
    }
    template <class T>
    void if_any(const char* key, const T& field) {
        (*this)(key, field);
    }

private:
    figure_walk& walk_;
};

} // namespace

const char* to_string(measured m) {
    static constexpr const char* names[] = {"money", "percent", "number"};
    return names[static_cast<std::size_t>(m)];
}

std::string in_words(const stated_figure& f) {
    std::string text = f.table == "savings" ? "savings plan" : f.table;
    if (!f.body.empty()) text += " of " + f.body;
    if (!f.item.empty() && f.item != f.body) text += ", \"" + f.item + "\"";
    if (!f.kind.empty() && f.kind != f.table) text += ", " + f.kind;
    if (!f.basis.empty()) text += (f.kind.empty() ? ", " : " ") + f.basis;
    return text;
}

void each_figure(const finance_report& r, const figure_listener& to) {
    figure_walk walk(to);
    report_walk fields(walk);
    using json::describe;
    describe(fields, r);
}

void each_figure(const model& m, const figure_listener& to) {
    const auto walked = [&](const char* table, const auto& part) {
        figure_walk walk(to);
        walk.in_table(table);
        walk.visit(table, part);
    };
    walked("savings", m.savings);
    walked("savings by status", m.status);
    walked("control totals", m.control_totals);
    for (const finance_report& r : m.reports) each_figure(r, to);
    walked("agreement", m.agreement);
    walked("positions to be shared", m.positions);
    walked("lost hours", m.cause_periods);
}

} // namespace riskshare
