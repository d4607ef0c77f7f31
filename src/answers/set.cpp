#include "commands.hpp"
#include "edits.hpp"
#include "workbook_input.hpp"

#include <riskshare/detail/text.hpp>
#include <riskshare/error.hpp>
#include <riskshare/workbook/patch.hpp>

#include <algorithm>
#include <array>

namespace riskshare::answers {

namespace {

using namespace riskshare::workbook;

/// SHEET!CELL=VALUE, cut in two at the "=" that follows a cell. A sheet's name may itself hold "!" and "=".
struct assignment {
    std::string sheet; ///< empty when only the cell is given
    address at;
    std::string value;
};

result<assignment> read_assignment(const std::string& typed) {
    for (std::size_t equals = typed.find('='); equals != std::string::npos; equals = typed.find('=', equals + 1)) {
        const std::size_t mark = typed.rfind('!', equals);
        const std::size_t begin = mark == std::string::npos ? 0 : mark + 1;
        const auto at = parse_address(std::string_view(typed).substr(begin, equals - begin));
        if (!at) continue;
        const std::string sheet = mark == std::string::npos ? "" : without_quotes(typed.substr(0, mark));
        return assignment{sheet, *at, typed.substr(equals + 1)};
    }
    return failure{"tool.assignment", "\"" + typed + "\" is no SHEET!CELL=VALUE, such as 'CIP tracker!H17=12.5'"};
}

bool is_date(std::string_view text) {
    const auto fits = [&](std::size_t i) {
        return i == 4 || i == 7 ? text[i] == '-' : text[i] >= '0' && text[i] <= '9';
    };
    if (text.size() != 10) return false;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (!fits(i)) return false;
    return true;
}

/// -12.50, 1e6
bool is_number(std::string_view text) {
    std::size_t i = 0;
    const auto digits = [&] {
        const std::size_t from = i;
        while (i < text.size() && text[i] >= '0' && text[i] <= '9') ++i;
        return i - from;
    };
    if (i < text.size() && (text[i] == '-' || text[i] == '+')) ++i;
    const std::size_t whole = digits();
    std::size_t places = 0;
    if (i < text.size() && text[i] == '.') ++i, places = digits();
    if (whole + places == 0) return false;
    if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
        ++i;
        if (i < text.size() && (text[i] == '-' || text[i] == '+')) ++i;
        if (digits() == 0) return false;
    }
    return i == text.size();
}

/// 1,234 or £12m or (5) or 12% or 31/7/2022: a person means a number or a date, and a guess would be silent.
/// 2022/23 is text.
bool looks_like_figure(std::string_view text) {
    const auto slashes = std::count(text.begin(), text.end(), '/');
    bool digit = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        digit = digit || (c >= '0' && c <= '9');
        const bool pound = text.substr(i, 2) == "\xC2\xA3";
        const bool last_letter = i + 1 == text.size() && (c == 'm' || c == 'k');
        if (pound)
            ++i;
        else if (std::string_view("0123456789,.()-+%/ ").find(c) == std::string_view::npos && !last_letter)
            return false;
    }
    return digit && (slashes == 0 || slashes == 2);
}

/// What a spreadsheet shows where a formula failed; typed into one, it becomes that error.
bool looks_like_error(std::string_view text) {
    constexpr std::array<std::string_view, 7> errors = {"#N/A",   "#REF!", "#DIV/0!", "#VALUE!",
                                                        "#NAME?", "#NUM!", "#NULL!"};
    return std::find(errors.begin(), errors.end(), text) != errors.end();
}

result<edit> typed_edit(const assignment& a, bool as_text) {
    edit e;
    e.sheet = a.sheet;
    e.at = a.at;
    e.value = a.value;
    if (as_text)
        e.kind = edit::what::text;
    else if (a.value.empty())
        e.kind = edit::what::clear;
    else if (a.value.front() == '\'')
        e.kind = edit::what::text, e.value.erase(0, 1);
    else if (a.value.front() == '=')
        e.kind = edit::what::formula, e.formula = a.value.substr(1), e.value.clear();
    else if (const std::string word = detail::folded(a.value); word == "true" || word == "false")
        e.kind = edit::what::boolean, e.value = word;
    else if (is_date(a.value))
        e.kind = edit::what::date;
    else if (is_number(a.value))
        e.kind = edit::what::number;
    else if (looks_like_error(a.value))
        return failure{"tool.value", "\"" + a.value +
                                         "\" is the error of a formula that failed, and not set by hand. Write '" +
                                         a.value + " with the apostrophe for the text"};
    else if (looks_like_figure(a.value))
        return failure{"tool.value", "\"" + a.value +
                                         "\" may be meant as a number, a date or text. Write 1234.5 for a number, "
                                         "2022-07-31 for a date, '" +
                                         a.value + " with the apostrophe for the text"};
    else
        e.kind = edit::what::text;
    return e;
}

/// Reads every assignment; what is wrong with any of them is said before the command gives up.
bool read_edits(const set_options& options, const book& source, std::vector<edit>& edits, console& to) {
    bool good = true;
    const auto complain = [&](const std::string& message) {
        to.complain(message);
        good = false;
    };
    for (const std::string& typed : options.assignments) {
        const auto a = read_assignment(typed);
        const auto e = a ? typed_edit(*a, options.text) : result<edit>(a.why());
        if (!e) {
            complain(e.why().message);
            continue;
        }
        edits.push_back(*e);
        if (!e->sheet.empty()) continue;
        if (source.sheet_names().size() == 1)
            edits.back().sheet = source.sheet_names().front();
        else
            complain("\"" + typed + "\" names no sheet, and " + source.source().name() + " has " +
                     std::to_string(source.sheet_names().size()));
    }
    return good;
}

/// Empty when the edited workbook may be written there.
std::string why_not_there(const set_options& options) {
    if (options.dry_run) return "";
    if (options.in_place) {
        if (!options.output.empty()) return "give either -o OUT.xlsx or --in-place, not both";
        return options.workbook == "-" ? "standard input cannot be changed in place; give -o" : "";
    }
    if (options.output.empty())
        return "give -o OUT.xlsx, or --in-place to change the workbook itself, or --dry-run to see";
    if (options.output == "-")
        return options.json ? "--json and -o - would both speak on standard output; give -o a file" : "";
    const std::string before = extension(options.workbook), after = extension(options.output);
    const auto is_macro = [](const std::string& ending) { return ending == ".xlsm" || ending == ".XLSM"; };
    if (options.workbook != "-" && is_macro(before) != is_macro(after))
        return "Excel opens " + options.output + " only when it ends like the workbook it came from, " + before;
    return "";
}

int tell_refused(const set_options& options, const refused_edits& refused_ones, console& to) {
    for (const failure& f : refused_ones.failures) to.talk << "riskshare: " << f.message << "  [" << f.rule << "]\n";
    to.talk << "riskshare: nothing was written; " << refused_ones.failures.size() << " of "
            << options.assignments.size() << " edits cannot be made\n";
    std::vector<finding> why;
    for (const failure& f : refused_ones.failures) why.push_back(to_finding(f));
    if (to.wants_json) to.json << edits_json({}, why);
    to.findings.insert(to.findings.end(), why.begin(), why.end());
    return refused;
}

void tell(const set_options& options, const patch_summary& summary, console& to) {
    if (to.wants_json) to.json << edits_json(summary);
    if (to.wants_text)
        tell_edits(options.output == "-" && !options.dry_run ? to.talk : to.out, summary, options.dry_run);
}

} // namespace

int run_set(const set_options& options, console& to) {
    if (const std::string why = why_not_there(options); !why.empty()) {
        to.complain(why);
        return wrong_use;
    }
    const book source = book_of(to.read(options.workbook), options.workbook);
    for (const std::string& warning : source.warnings()) to.talk << "riskshare: warning: " << warning << "\n";
    std::vector<edit> edits;
    if (!read_edits(options, source, edits, to)) return wrong_use;

    const auto outcome = apply(source, edits, {options.overwrite_formulas, options.keep_results});
    if (const auto* no = std::get_if<refused_edits>(&outcome)) return tell_refused(options, *no, to);
    const patched& done = std::get<patched>(outcome);
    if (!options.dry_run)
        to.make(options.in_place ? options.workbook : options.output, std::string(done.result.bytes()));
    tell(options, done.summary, to);
    return fine;
}

} // namespace riskshare::answers
