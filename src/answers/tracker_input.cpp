#include "tracker_input.hpp"
#include "whose.hpp"

#include "accounts.hpp"

#include <riskshare/template/rating_summary.hpp>

namespace riskshare::answers {

namespace {

/// A workbook without schemes may print the table of savings that they should give.
bool take_published(const workbook::book& book, const templates::read_options& known, trackers_read& all) {
    templates::read_result read = templates::read_workbook(book, known);
    if (!read.read.savings) return false;
    for (savings_plan& p : read.read.savings->plans) all.published.plans.push_back(std::move(p));
    return true;
}

void say_two_years(const tracker& a, const tracker& b, std::vector<finding>& findings) {
    if (!a.year() || !b.year() || *a.year() == *b.year()) return;
    findings.push_back({"model.two_years",
                        severity::error,
                        "the trackers are of two years, " + to_string(*a.year()) + " and " + to_string(*b.year()),
                        {a[0].at, b[0].at},
                        "give the trackers of one year"});
}

} // namespace

trackers_read read_trackers(const std::vector<std::string>& files, const input_options& o, int month_asked,
                            console& to) {
    const templates::read_options known = reading(o, to);
    trackers_read all;
    for (const std::string& file : files) {
        templates::tracker_options options;
        options.directory = known.directory;
        options.map = known.map;
        options.unit_if_none = known.unit_if_none;
        if (month_asked != 0) options.reported = month(month_asked);
        options.progress = [&](std::size_t done, std::size_t rows) { to.progress(file, done, rows); };
        std::string bytes = to.read(file);
        templates::tracker_reading read;
        if (std::optional<model> m = model_of(bytes, file)) {
            read.read = std::move(m->schemes);
            read.reported = options.reported ? options.reported : m->schemes_reported;
            if (!all.weights) all.weights = m->weights;
        } else {
            const workbook::book book = calculated_book_of(std::move(bytes), file);
            read = templates::read_tracker(book, options);
            if (!all.weights) all.weights = templates::weights_given(book, all.findings);
            const bool published = read.read.empty() && take_published(book, known, all);
            if (!published)
                for (savings_plan& p : templates::printed_ratings(book, read, known).plans)
                    all.published.plans.push_back(std::move(p));
            model tables;
            tables.savings = all.published;
            account_for(to, book, {figures_of(tables), &read, read.findings}, all.findings);
            if (published) continue;
        }
        if (read.read.empty() && !has_errors(read.findings))
            read.findings.push_back(
                {"tracker.nothing_found",
                 severity::error,
                 "no tracker was found in " + file + ": no table of schemes with a plan",
                 {},
                 "see what is recognised with --verbose, or place the columns in a mapping (--map)"});
        to.account_in_full = o.verbose;
        if (o.verbose)
            for (const std::string& line : read.read_as) to.talk << "read " << line << "\n";
        if (!all.reported) all.reported = read.reported;
        if (!all.read.empty() && !read.read.empty()) say_two_years(all.read, read.read, all.findings);
        std::move(read.findings.begin(), read.findings.end(), std::back_inserter(all.findings));
        std::move(read.tables.begin(), read.tables.end(), std::back_inserter(all.tables));
        if (!all.read.empty() && has_nobodys(all.read) && has_nobodys(read.read))
            all.findings.push_back(nobodys(all.read[0].at.file(), read.read[0].at.file()));
        if (all.read.empty())
            all.read = std::move(read.read);
        else
            all.read.add(read.read);
    }
    if (all.read.empty() && !has_errors(all.findings))
        all.findings.push_back({"tracker.nothing_found",
                                severity::error,
                                "no tracker was found in the files: no table of schemes with a plan",
                                {},
                                "see what is recognised with --verbose, or place the columns in a mapping (--map)"});
    return all;
}

} // namespace riskshare::answers
