# Installs the three targets, each in an export set of its own, so that asking for the finance wing asks for nothing else.
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/riskshare)
foreach(target IN LISTS riskshare_targets)
  get_target_property(component ${target} EXPORT_NAME)
  install(TARGETS ${target} EXPORT riskshare-${component}-targets FILE_SET HEADERS)
  install(EXPORT riskshare-${component}-targets NAMESPACE riskshare:: DESTINATION ${package_dir})
  list(APPEND riskshare_components ${component})
endforeach()

# What a static library leaves to be linked; a shared one brings it along.
set(riskshare_static NO)
if(TARGET riskshare_workbook)
  get_target_property(library_type riskshare_workbook TYPE)
  if(library_type STREQUAL "STATIC_LIBRARY")
    set(riskshare_static YES)
  endif()
endif()

configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/riskshare-config.cmake.in
                              ${PROJECT_BINARY_DIR}/riskshare-config.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/riskshare-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/riskshare-config.cmake ${PROJECT_BINARY_DIR}/riskshare-config-version.cmake
        DESTINATION ${package_dir})

# The .pc files find the prefix from where they stand, so an installed tree may be moved.
file(RELATIVE_PATH pc_prefix ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
foreach(name riskshare-finance riskshare-workbook riskshare)
  string(REPLACE "riskshare-" "" component ${name})
  if(component IN_LIST riskshare_components)
    configure_file(${CMAKE_CURRENT_LIST_DIR}/${name}.pc.in ${PROJECT_BINARY_DIR}/${name}.pc @ONLY)
    install(FILES ${PROJECT_BINARY_DIR}/${name}.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
  endif()
endforeach()

# Who is who in a system, for --directory.
install(DIRECTORY ${PROJECT_SOURCE_DIR}/fixtures/directories DESTINATION ${CMAKE_INSTALL_DATADIR}/riskshare OPTIONAL)

foreach(file LICENSE README.md)
  install(FILES ${PROJECT_SOURCE_DIR}/${file} DESTINATION ${CMAKE_INSTALL_DOCDIR} OPTIONAL)
endforeach()
