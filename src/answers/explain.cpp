#include "detail/json.hpp"
#include "figures_read.hpp"
#include "load.hpp"

#include <riskshare/detail/text.hpp>
#include <riskshare/rules.hpp>
#include <riskshare/workbook/formula.hpp>
#include <riskshare/workbook/sheet.hpp>

#include <set>
#include <utility>

namespace riskshare::answers {

namespace {

int explain_rule(const explain_options& o, console& to) {
    const rule* r = find_rule(o.what);
    if (r == nullptr) {
        to.complain("there is no rule \"" + o.what + "\" and no file of that name and cell. Rules:");
        for (const rule& known : rules()) to.talk << "  " << known.code << "\n";
        return wrong_use;
    }
    if (to.wants_json)
        to.json << riskshare::json::text({{"schema", "riskshare.explain/1"},
                                          {"unit", nullptr},
                                          {"rule", o.what},
                                          {"severity", to_string(r->severity)},
                                          {"meaning", r->meaning},
                                          {"advice", r->advice},
                                          {"example", r->example}});
    if (to.wants_text)
        to.out << o.what << " (" << to_string(r->severity) << ")\n\n"
               << r->meaning << "\nTo do: " << r->advice << "\nFor example: " << r->example << "\n";
    return fine;
}

struct place {
    std::string sheet;
    workbook::address at;
};

place place_of(const workbook::book& book, const std::string& typed) {
    const std::size_t mark = typed.rfind('!');
    const std::string sheet =
        mark == std::string::npos ? book.sheet_names().front() : without_quotes(typed.substr(0, mark));
    if (!book.has(sheet)) throw input_refused("tool.sheet", book.source().name() + " has no sheet '" + sheet + "'");
    const result<workbook::address> at =
        workbook::parse_address(mark == std::string::npos ? typed : typed.substr(mark + 1));
    if (!at) throw input_refused("tool.cell", "\"" + typed + "\" is not a cell; write SHEET!B7");
    return {sheet, *at};
}

std::string named(const std::string& sheet, const std::string& cells) { return "'" + sheet + "'!" + cells; }
std::string named(const workbook::reference& r) {
    return named(r.sheet, r.cells.first == r.cells.last ? to_string(r.cells.first) : to_string(r.cells));
}

/// What the formulas of a workbook read, names resolved.
class formula_uses {
public:
    explicit formula_uses(const workbook::book& book) : book_(book) {
        for (const std::string& s : book.sheet_names()) {
            if (book.part_of(s).find("/worksheets/") == std::string::npos) continue;
            const workbook::sheet sheet = book.read(s);
            for (const workbook::cell& c : sheet.cells())
                if (c.has_formula) uses_.push_back({s, c.at, read_by(s, std::string(c.formula))});
        }
    }

    std::vector<workbook::reference> read_by(const std::string& home, const std::string& formula, int depth = 0) const {
        std::vector<workbook::reference> out;
        const result<workbook::formula> f = workbook::parse_formula(formula);
        if (!f || depth > 10) return out;
        for (workbook::reference r : f->references()) {
            if (r.sheet.empty()) r.sheet = home;
            out.push_back(std::move(r));
        }
        for (const std::string& name : f->names())
            for (const workbook::defined_name& d : book_.defined_names())
                if (detail::folded(d.name) == detail::folded(name) && (d.scope_sheet.empty() || d.scope_sheet == home))
                    for (workbook::reference& r : read_by(home, d.refers_to, depth + 1)) out.push_back(std::move(r));
        return out;
    }

    /// The formula cells that read a cell.
    std::vector<place> readers_of(const place& p) const {
        std::vector<place> out;
        for (const use& u : uses_)
            for (const workbook::reference& r : u.reads)
                if (r.cells.contains(p.at) && detail::folded(r.sheet) == detail::folded(p.sheet)) {
                    out.push_back({u.sheet, u.at});
                    break;
                }
        return out;
    }

private:
    struct use {
        std::string sheet;
        workbook::address at;
        std::vector<workbook::reference> reads;
    };
    const workbook::book& book_;
    std::vector<use> uses_;
};

int explain_cell(const explain_options& o, console& to) {
    const std::string name = file_name(o.what);
    const workbook::book book = book_of(to.read(o.what), o.what);
    const place here = place_of(book, o.cell);
    const workbook::sheet sheet = book.read(here.sheet);
    const workbook::cell* c = sheet.find(here.at);
    using json = riskshare::json::value;
    json j{{"schema", "riskshare.explain/1"},
           {"unit", nullptr},
           {"at", {{"file", name}, {"sheet", here.sheet}, {"cell", to_string(here.at)}}}};
    j["value"] = c == nullptr || c->text.empty() ? json(nullptr) : json(c->text);
    j["formula"] = c != nullptr && c->has_formula ? json("=" + std::string(c->formula)) : json(nullptr);
    const formula_uses uses(book);
    j["from"] = json::array();
    if (c != nullptr && c->has_formula)
        for (const workbook::reference& r : uses.read_by(here.sheet, std::string(c->formula)))
            j["from"].push_back(named(r));
    j["feeds"] = json::array();
    j["feeds_through_others"] = json::array();
    constexpr std::size_t most_followed = 200;
    std::set<std::string> seen{named(here.sheet, to_string(here.at))};
    std::vector<place> follow{here};
    for (std::size_t i = 0; i < follow.size() && i < most_followed; ++i)
        for (const place& p : uses.readers_of(follow[i]))
            if (seen.insert(named(p.sheet, to_string(p.at))).second) {
                j[i == 0 ? "feeds" : "feeds_through_others"].push_back(named(p.sheet, to_string(p.at)));
                follow.push_back(p);
            }
    j["figures"] = json::array();
    const cell_reading read =
        reading_of_cell(book, provenance(name, here.sheet, here.at.row, here.at.column), directory_of(o.directory, to));
    for (const std::string& figure : read.figures) j["figures"].push_back(figure);
    j["state"] = read.state ? json(to_string(read.state->state)) : json(nullptr);
    j["left_why"] = read.state && !read.state->what.empty() ? json(read.state->what) : json(nullptr);
    if (to.wants_json) to.json << riskshare::json::text(j);
    if (!to.wants_text) return fine;
    to.out << name << " " << named(here.sheet, to_string(here.at)) << ": " << (j["value"].is_null() ? "blank" : c->text)
           << "\n";
    if (!j["formula"].is_null()) to.out << "  formula =" << c->formula << "\n";
    if (!j["left_why"].is_null()) to.out << "  not read: " << read.state->what << "\n";
    for (const auto& [field, word] :
         {std::pair{"figures", "read as "}, std::pair{"from", "from    "}, std::pair{"feeds", "feeds   "},
          std::pair{"feeds_through_others", "through others feeds "}})
        for (const auto& line : j[field]) to.out << "  " << word << line.get<std::string>() << "\n";
    return fine;
}

} // namespace

int run_explain(const explain_options& o, console& to) {
    return o.cell.empty() ? explain_rule(o, to) : explain_cell(o, to);
}

} // namespace riskshare::answers
