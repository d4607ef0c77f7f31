#include "load.hpp"

#include <riskshare/rules.hpp>
#include <riskshare/workbook/formula.hpp>
#include <riskshare/workbook/sheet.hpp>

#include <nlohmann/json.hpp>

#include <filesystem>

namespace riskshare::tool {

namespace {

int explain_rule(const explain_options& o, console& to) {
    const rule* r = find_rule(o.what);
    if (r == nullptr) {
        to.talk << "riskshare: there is no rule \"" << o.what << "\" and no file of that name and cell. Rules:\n";
        for (const rule& known : rules()) to.talk << "  " << known.code << "\n";
        return wrong_use;
    }
    if (o.json)
        to.out << nlohmann::ordered_json{{"schema", "riskshare.explain/1"},
                                         {"unit", nullptr},
                                         {"rule", o.what},
                                         {"meaning", r->meaning},
                                         {"advice", r->advice}}
                      .dump(2)
               << "\n";
    else
        to.out << o.what << "\n\n" << r->meaning << "\n" << r->advice << "\n";
    return fine;
}

struct place {
    std::string sheet;
    workbook::address at;
};

place place_of(const workbook::book& book, const std::string& typed) {
    const std::size_t mark = typed.rfind('!');
    std::string sheet = mark == std::string::npos ? book.sheet_names().front() : typed.substr(0, mark);
    if (sheet.size() > 1 && sheet.front() == '\'' && sheet.back() == '\'') sheet = sheet.substr(1, sheet.size() - 2);
    if (!book.has(sheet)) throw input_refused("tool.sheet", book.source().name() + " has no sheet '" + sheet + "'");
    const result<workbook::address> at =
        workbook::parse_address(mark == std::string::npos ? typed : typed.substr(mark + 1));
    if (!at) throw input_refused("tool.cell", "\"" + typed + "\" is no cell; write SHEET!B7");
    return {sheet, *at};
}

int explain_cell(const explain_options& o, console& to) {
    const std::string name = std::filesystem::path(o.what).filename().string();
    const workbook::book book = open_workbook(o.what);
    const place here = place_of(book, o.cell);
    const workbook::sheet sheet = book.read(here.sheet);
    const workbook::cell* c = sheet.find(here.at);
    const auto named = [&](const std::string& s, const std::string& cells) { return "'" + s + "'!" + cells; };
    nlohmann::ordered_json j{{"schema", "riskshare.explain/1"},
                             {"unit", nullptr},
                             {"at", {{"file", name}, {"sheet", here.sheet}, {"cell", to_string(here.at)}}}};
    j["value"] = c == nullptr || c->text.empty() ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(c->text);
    j["formula"] =
        c != nullptr && c->has_formula ? nlohmann::ordered_json("=" + c->formula) : nlohmann::ordered_json(nullptr);
    j["from"] = nlohmann::ordered_json::array();
    j["feeds"] = nlohmann::ordered_json::array();
    if (c != nullptr && c->has_formula)
        if (const result<workbook::formula> f = workbook::parse_formula(c->formula))
            for (const workbook::reference& r : f->references())
                j["from"].push_back(named(r.sheet.empty() ? here.sheet : r.sheet, r.cells.first == r.cells.last
                                                                                      ? to_string(r.cells.first)
                                                                                      : to_string(r.cells)));
    for (const std::string& s : book.sheet_names()) {
        if (book.part_of(s).find("/worksheets/") == std::string::npos) continue;
        const workbook::sheet other = book.read(s);
        for (const workbook::cell& user : other.cells()) {
            if (!user.has_formula) continue;
            const result<workbook::formula> f = workbook::parse_formula(user.formula);
            if (!f) continue;
            for (const workbook::reference& r : f->references())
                if ((r.sheet.empty() ? s : r.sheet) == here.sheet && r.cells.contains(here.at)) {
                    j["feeds"].push_back(named(s, to_string(user.at)));
                    break;
                }
        }
    }
    if (o.json) {
        to.out << j.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
        return fine;
    }
    to.out << name << " " << named(here.sheet, to_string(here.at)) << ": " << (j["value"].is_null() ? "blank" : c->text)
           << "\n";
    if (!j["formula"].is_null()) to.out << "  formula =" << c->formula << "\n";
    for (const auto& from : j["from"]) to.out << "  from  " << from.get<std::string>() << "\n";
    for (const auto& feeds : j["feeds"]) to.out << "  feeds " << feeds.get<std::string>() << "\n";
    return fine;
}

} // namespace

int run_explain(const explain_options& o, console& to) {
    return o.cell.empty() ? explain_rule(o, to) : explain_cell(o, to);
}

} // namespace riskshare::tool
