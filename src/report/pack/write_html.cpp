// The pack as one page.
#include "report/pack/charts.hpp"
#include "report/pack/page_parts.hpp"
#include "report/pack/safe_text.hpp"

#include <riskshare/detail/money_text.hpp>

#include <algorithm>

namespace riskshare::report {

namespace {

constexpr std::size_t most_findings = 150;

class page_writer {
public:
    explicit page_writer(const pack& p) : pack_(p), used_(p.figures.size(), false) {}
    std::string page();

private:
    void head();
    void headline();
    void contents();
    void section(const pack_section&);
    void chart(const pack_section&, const pack_chart&);
    void table(const pack_table&);
    std::string cell(const pack_cell&, const pack_table&, std::size_t column);
    std::string link(figure_id, const std::string& shown_as);
    void findings();
    void basis();
    void workings();
    void use(figure_id);

    const pack& pack_;
    std::vector<bool> used_; ///< a figure that the page shows, or from which one is made
    std::string out_;
    std::size_t charts_ = 0;
};

std::string exact_words(const pack_figure& f) {
    if (f.blank) return "blank in the file";
    if (!f.amount) return "unknown";
    if (f.of == pack_quantity::money) {
        const exact pence = exact::pence(exact::rational(detail::rounded_integer(f.amount->pence(), rounding::down)));
        if (pence == *f.amount) return detail::said(rounded(*f.amount, rounding::down));
        return "£" + to_string(*f.amount);
    }
    return shown(f, unit::pounds, 2);
}

void page_writer::use(figure_id id) {
    if (used_[id]) return;
    used_[id] = true;
    for (figure_id from : pack_.figures[id].from) use(from);
}

std::string page_writer::link(figure_id id, const std::string& shown_as) {
    use(id);
    return "<a class=\"f\" href=\"#w" + std::to_string(id) + "\">" + shown_as + "</a>";
}

void page_writer::head() {
    out_ +=
        "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-"
        "Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src '";
    out_ += page_script_hash;
    out_ += "'; base-uri 'none'; form-action 'none'\">\n<meta name=\"viewport\" content=\"width=device-width, "
            "initial-scale=1\">\n<title>" +
            in_html(pack_.title) + "</title>\n<style>" + page_style + "</style>\n</head>\n<body>\n" +
            "<a class=\"skip\" href=\"#main\">Skip to main content</a>\n<header><div>" + in_html(pack_.title) +
            "</div></header>\n<main id=\"main\">\n<h1>" + in_html(pack_.title) + "</h1>\n";
}

void page_writer::headline() {
    out_ += "<section aria-labelledby=\"h-headline\" id=\"headline\"><h2 id=\"h-headline\">In five sentences</h2>\n<ul "
            "class=\"say\">\n";
    for (const pack_sentence& s : pack_.headline) {
        out_ += "<li><b>" + in_html(s.topic) + "</b> " + in_html(s.text, 1'000);
        if (!s.figures.empty()) out_ += " <span class=\"cite\">From ";
        for (std::size_t i = 0; i < s.figures.size(); ++i)
            out_ += (i == 0 ? "" : ", ") + link(s.figures[i], in_html(pack_.figures[s.figures[i]].name, 80));
        if (!s.figures.empty()) out_ += "</span>";
        out_ += "</li>\n";
    }
    out_ += "</ul></section>\n";
}

void page_writer::contents() {
    out_ += "<nav aria-label=\"Contents\"><ul>\n";
    for (const pack_section& s : pack_.sections)
        out_ += "<li><a href=\"#" + s.id + "\">" + in_html(s.name) + "</a></li>\n";
    out_ += "<li><a href=\"#findings\">Findings</a></li>\n<li><a href=\"#basis\">What this rests "
            "on</a></li>\n</ul></nav>\n";
}

std::string page_writer::cell(const pack_cell& c, const pack_table& t, std::size_t column) {
    if (!c.figure) return "<td>" + in_html(c.text) + "</td>";
    const pack_figure& f = pack_.figures[*c.figure];
    if (f.blank) return "<td class=\"n\"><span class=\"vh\">blank</span></td>";
    const std::string text = shown(f, t.unit, places_in(t, column));
    std::string inside = in_html(text);
    if (text == "-")
        inside = "<span aria-hidden=\"true\">-</span><span class=\"vh\">0</span>";
    else if (!text.empty() && text[0] == '(')
        inside = "<span class=\"vh\">minus </span>" + inside;
    return "<td class=\"n\"" + (f.amount ? " data-amount=\"" + to_string(*f.amount) + "\"" : std::string()) + ">" +
           link(*c.figure, inside) + "</td>";
}

void page_writer::table(const pack_table& t) {
    const auto is_number = [&](std::size_t column) {
        return std::any_of(t.rows.begin(), t.rows.end(), [&](const pack_row& row) {
            return column < row.cells.size() && row.cells[column].figure.has_value();
        });
    };
    const bool money = std::any_of(t.rows.begin(), t.rows.end(), [&](const pack_row& row) {
        return std::any_of(row.cells.begin(), row.cells.end(), [&](const pack_cell& c) {
            return c.figure && pack_.figures[*c.figure].of == pack_quantity::money;
        });
    });
    const std::string caption = in_html(t.caption) + (money ? ", " + to_string(t.unit) : "");
    out_ += "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"" + caption + "\"><table><caption>" +
            caption + "</caption><thead><tr>";
    for (std::size_t i = 0; i < t.headings.size(); ++i)
        out_ += std::string("<th scope=\"col\"") + (is_number(i) ? " class=\"n\"" : "") + ">" + in_html(t.headings[i]) +
                "</th>";
    out_ += "</tr></thead><tbody>\n";
    for (const pack_row& row : t.rows) {
        out_ += row.total ? "<tr class=\"t\">" : "<tr>";
        for (std::size_t i = 0; i < row.cells.size(); ++i)
            out_ += i == 0 ? "<th scope=\"row\">" + in_html(row.cells[0].text) + "</th>" : cell(row.cells[i], t, i);
        out_ += "</tr>\n";
    }
    out_ += "</tbody></table></div>\n";
    for (const std::string& n : t.notes) out_ += "<p class=\"note\">" + in_html(n, 600) + "</p>\n";
}

void page_writer::chart(const pack_section& s, const pack_chart& c) {
    const bool drawn = c.table < s.tables.size();
    const std::string svg = chart_svg(c, pack_, drawn ? s.tables[c.table].unit : unit::thousands,
                                      drawn ? s.tables[c.table].places : 0, "c" + std::to_string(charts_++));
    if (svg.empty()) return;
    const std::string of = drawn ? in_html(s.tables[c.table].caption) + ", " + to_string(s.tables[c.table].unit) : "";
    out_ +=
        "<figure><figcaption>" + of +
        "</figcaption><div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Chart: " + in_html(c.title) +
        "\">" + svg + "</div></figure>\n";
}

void page_writer::section(const pack_section& s) {
    out_ += "<section aria-labelledby=\"h-" + s.id + "\" id=\"" + s.id + "\"><h2 id=\"h-" + s.id + "\"><span>" +
            in_html(s.name) + "</span>" + in_html(s.title, 400) + "</h2>\n";
    for (const std::string& w : s.words) out_ += "<p>" + in_html(w, 1'000) + "</p>\n";
    for (std::size_t i = 0; i < s.tables.size(); ++i) {
        for (const pack_chart& c : s.charts)
            if (c.table == i) chart(s, c);
        table(s.tables[i]);
    }
    out_ += "</section>\n";
}

std::string places_in_html(const std::vector<provenance>& at, std::size_t most) {
    std::string out;
    std::size_t known = 0;
    for (const provenance& p : at)
        if (p.known() && ++known <= most) out += (known == 1 ? "" : ", ") + in_html(to_string(p));
    if (known > most) out += " and " + std::to_string(known - most) + " more";
    return out;
}

void page_writer::findings() {
    out_ += "<section aria-labelledby=\"h-findings\" id=\"findings\"><h2 id=\"h-findings\"><span>Findings</span>";
    std::size_t counts[3] = {0, 0, 0};
    for (const finding& f : pack_.findings) ++counts[static_cast<std::size_t>(f.severity)];
    const auto counted = [](std::size_t n, const char* what) {
        return std::to_string(n) + " " + what + (n == 1 ? "" : "s");
    };
    out_ += pack_.findings.empty() ? "Nothing was found that a reader should know"
                                   : counted(counts[0], "error") + ", " + counted(counts[1], "warning") + ", " +
                                         counted(counts[2], "note");
    out_ += "</h2>\n";
    if (!pack_.findings.empty()) out_ += "<ul class=\"findings\">\n";
    for (std::size_t i = 0; i < std::min(most_findings, pack_.findings.size()); ++i) {
        const finding& f = pack_.findings[i];
        const char* how = f.severity == severity::error     ? "error"
                          : f.severity == severity::warning ? "warning"
                                                            : "note-f";
        const std::string at = places_in_html(f.at, 6);
        out_ += std::string("<li class=\"") + how + "\"><span class=\"sev\">" +
                (f.severity == severity::error     ? "Error"
                 : f.severity == severity::warning ? "Warning"
                                                   : "Note") +
                "</span> " + in_html(f.message, 2'000) + (at.empty() ? "" : "<br>At " + at) +
                (f.advice.empty() ? "" : "<br>What to do: " + in_html(f.advice, 1'000)) + " <small>[" +
                in_html(f.rule) + "]</small></li>\n";
    }
    if (!pack_.findings.empty()) out_ += "</ul>\n";
    if (pack_.findings.size() > most_findings)
        out_ += "<p>" + std::to_string(pack_.findings.size() - most_findings) +
                " more findings are in the workbook, the CSV and the JSON of this pack.</p>\n";
    out_ += "</section>\n";
}

void page_writer::basis() {
    out_ += "<section aria-labelledby=\"h-basis\" id=\"basis\"><h2 id=\"h-basis\"><span>What this rests on</span>" +
            std::to_string(pack_.files.size()) + (pack_.files.size() == 1 ? " file" : " files") + "</h2>\n<ul>\n";
    for (const std::string& f : pack_.files) out_ += "<li>" + in_html(f) + "</li>\n";
    out_ += "</ul>\n";
    if (pack_.accounted) {
        const account& a = *pack_.accounted;
        out_ += "<p>" + in_html(one_line(a), 1'000) + "</p>\n";
        const std::size_t most = std::min<std::size_t>(30, a.left_amounts.size());
        if (most > 0) out_ += "<ul>\n";
        for (std::size_t i = 0; i < most; ++i)
            out_ += "<li>Left: " + in_html(to_string(a.left_amounts[i].at)) + ": " + in_html(a.left_amounts[i].amount) +
                    ": " + in_html(a.left_amounts[i].why) + "</li>\n";
        if (most > 0) out_ += "</ul>\n";
        if (a.left > most) out_ += "<p>And " + std::to_string(a.left - most) + " more.</p>\n";
    }
    out_ += "<h3>Left out of this pack</h3>\n<ul>\n";
    for (const left_out_section& l : pack_.left_out)
        out_ += "<li>" + in_html(l.name) + ": " + in_html(l.why) + "</li>\n";
    out_ += "</ul></section>\n";
}

void page_writer::workings() {
    out_ += "<section id=\"workings\" aria-labelledby=\"h-workings\"><h2 id=\"h-workings\"><span>Workings</span>How "
            "each figure comes "
            "about</h2>\n<details><summary>Show all</summary><dl class=\"w\">\n";
    for (std::size_t i = 0; i < pack_.figures.size(); ++i) {
        if (!used_[i]) continue;
        const pack_figure& f = pack_.figures[i];
        out_ += "<div id=\"w" + std::to_string(i) + "\"><dt>" + in_html(f.name, 160) + "</dt><dd>" +
                in_html(exact_words(f)) + ": " + in_html(f.rule, 600) + ".";
        constexpr std::size_t most = 12;
        for (std::size_t k = 0; k < std::min(most, f.from.size()); ++k) {
            const pack_figure& part = pack_.figures[f.from[k]];
            out_ += (k == 0 ? " From " : ", ") + ("<a class=\"f\" href=\"#w" + std::to_string(f.from[k])) + "\">" +
                    in_html(part.name, 80) + "</a> " + in_html(exact_words(part));
        }
        if (f.from.size() > most) out_ += " and " + std::to_string(f.from.size() - most) + " more";
        if (!f.from.empty()) out_ += ".";
        const std::string at = places_in_html(f.at, 8);
        out_ += (at.empty() ? "" : " In " + at + ".") + "</dd></div>\n";
    }
    out_ += "</dl></details></section>\n";
}

std::string page_writer::page() {
    head();
    headline();
    contents();
    for (const pack_section& s : pack_.sections) section(s);
    findings();
    basis();
    workings();
    out_ += "</main>\n<footer>Made by riskshare. Figures are exact; a table shows them in its unit. Choose a figure to "
            "see how it "
            "comes about.</footer>\n<script>";
    out_ += page_script;
    out_ += "</script>\n</body>\n</html>\n";
    return std::move(out_);
}

} // namespace

std::string pack_html(const pack& p) { return page_writer(p).page(); }

} // namespace riskshare::report
