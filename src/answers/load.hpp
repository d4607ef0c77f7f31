// From the files on the command line to one model.
#ifndef RISKSHARE_ANSWERS_LOAD_HPP
#define RISKSHARE_ANSWERS_LOAD_HPP

#include "commands.hpp"
#include "workbook_input.hpp"

#include <riskshare/model.hpp>
#include <riskshare/template/read.hpp>

#include <optional>
#include <string>

namespace riskshare::answers {

struct loaded {
    model read;
    std::vector<workbook::book> books;                              ///< the workbooks among the files
    std::vector<std::optional<templates::tracker_reading>> schemes; ///< of each of them, where they were read
    std::vector<finding> findings;
    templates::mapping map = {}; ///< with which they were read
};

/// How much of a workbook is read: `templates::read_workbook` or `read_whole_workbook`.
using workbook_reader = templates::read_result (*)(const workbook::book&, const templates::read_options&);

/// A file that is neither a workbook nor a model.
struct text_file {
    std::string name, text;
};

/// Reads every file, workbook or model. Throws `input_refused` for one that cannot be read at all; files of text are
/// put into `lists` where one is given. With "verbose" says on `talk` what was read as what.
loaded load(const input_options&, console&, workbook_reader = templates::read_workbook,
            std::vector<text_file>* lists = nullptr);

/// Who is who: the file given, else nobody by name; a body that it does not list is known by what its name looks like.
/// Throws `input_refused`.
organisation_directory directory_of(const std::string& file, const console&);

/// The directory, mapping and unit that the options ask for. Throws `input_refused` for a mapping that cannot be read.
templates::read_options reading(const input_options&, const console&);

/// The model that the bytes of a file hold in JSON; nothing where they are no JSON. Throws `input_refused`.
std::optional<model> model_of(const std::string& bytes, const std::string& file);

/// The weights that the files give, else those published.
sourced_weights weights_in_force(const model&);

} // namespace riskshare::answers

#endif
