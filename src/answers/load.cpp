#include "load.hpp"

#include <riskshare/detail/text.hpp>
#include <riskshare/document.hpp>
#include <riskshare/llr.hpp>
#include <riskshare/merge.hpp>

#include <iterator>

namespace riskshare::answers {

std::optional<model> model_of(const std::string& bytes, const std::string& file) {
    const std::size_t first = bytes.find_first_not_of(" \t\r\n");
    if (first == std::string::npos || bytes[first] != '{') return std::nullopt;
    result<model> m = model_from_json(bytes, file);
    if (!m) throw input_refused(m.why().rule, m.why().message);
    return std::move(m).value();
}

namespace {

/// A list is text, and does not call itself a workbook.
bool is_list(const std::string& bytes, const std::string& file) {
    const std::string ending = detail::folded(extension(file));
    return ending != ".xlsx" && ending != ".xlsm" && bytes.rfind("PK", 0) != 0 && bytes.find('\0') == std::string::npos;
}

} // namespace

templates::read_options reading(const input_options& o, const console& from) {
    templates::read_options options;
    options.directory = llr::directory();
    if (o.report_month != 0) options.month = riskshare::month(o.report_month);
    if (!o.unit.empty()) {
        options.unit_if_none = parse_unit(o.unit);
        if (!options.unit_if_none)
            throw input_refused("unit.unknown", "--unit \"" + o.unit + "\" is no unit; write £, £000 or £m");
    }
    if (!o.map.empty()) {
        result<templates::mapping> map = templates::parse_mapping(from.read(o.map), o.map);
        if (!map) throw input_refused(map.why().rule, map.why().message);
        options.map = std::move(map).value();
    }
    return options;
}

loaded load(const input_options& o, console& to, workbook_reader read_one, std::vector<text_file>* lists) {
    const templates::read_options options = reading(o, to);
    loaded out;
    for (const std::string& file : o.files) {
        std::string bytes = to.read(file);
        if (std::optional<model> m = model_of(bytes, file)) {
            merge(out.read, *std::move(m), out.findings);
            continue;
        }
        if (lists != nullptr && is_list(bytes, file)) {
            lists->push_back({file, std::move(bytes)});
            continue;
        }
        const workbook::book book = book_of(std::move(bytes), file);
        templates::read_result read = read_one(book, options);
        std::move(read.findings.begin(), read.findings.end(), std::back_inserter(out.findings));
        merge(out.read, std::move(read.read), out.findings);
        out.books.push_back(book);
        out.schemes.push_back(std::move(read.schemes));
    }
    if (o.verbose)
        for (const std::string& line : out.read.read_as) to.talk << "read " << line << "\n";
    return out;
}

sourced_weights weights_in_force(const model& m) {
    return m.weights.value_or(sourced_weights{llr::savings_weights(), "operational plan 2019/20, section 6"});
}

} // namespace riskshare::answers
