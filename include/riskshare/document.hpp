// Models as JSON: what `import` writes and every command reads.
#ifndef RISKSHARE_DOCUMENT_HPP
#define RISKSHARE_DOCUMENT_HPP

#include <riskshare/model.hpp>

#include <string>
#include <string_view>

namespace riskshare {

/// The model as JSON of schema riskshare.model/1: every figure with its amount in pounds (exact), as written, its unit
/// and its cell; a blank is null. The same model gives the same bytes.
std::string to_json(const model&);

/// Reads it back. Nothing is guessed: an unknown schema, a missing or a wrongly typed field fails with rule
/// "model.malformed" and the path of what was wrong.
result<model> model_from_json(std::string_view text, const std::string& name);

} // namespace riskshare

#endif
