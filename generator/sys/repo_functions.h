/*
 * repo_functions - the functions of libgit2 that we use, for sys/repo_lib alone.
 *
 * Each once, without its git_: of this list both the table of pointers and its
 * filling are made.
 */
#ifndef SYS_REPO_FUNCTIONS_H
#define SYS_REPO_FUNCTIONS_H

#define REPO_FUNCTIONS(F) \
	F(attr_get) \
	F(attr_value) \
	F(blob_create_from_workdir) \
	F(blob_filter) \
	F(blob_free) \
	F(blob_lookup) \
	F(branch_upstream_name) \
	F(branch_upstream_remote) \
	F(buf_dispose) \
	F(commit_author) \
	F(commit_create) \
	F(commit_free) \
	F(commit_lookup) \
	F(commit_message) \
	F(commit_message_encoding) \
	F(commit_parent_id) \
	F(commit_parentcount) \
	F(commit_time) \
	F(commit_tree_id) \
	F(config_free) \
	F(config_get_multivar_foreach) \
	F(config_open_default) \
	F(diff_free) \
	F(diff_get_delta) \
	F(diff_num_deltas) \
	F(diff_options_init) \
	F(diff_tree_to_tree) \
	F(error_last) \
	F(graph_ahead_behind) \
	F(index_add) \
	F(index_caps) \
	F(index_conflict_iterator_free) \
	F(index_conflict_iterator_new) \
	F(index_conflict_next) \
	F(index_entrycount) \
	F(index_free) \
	F(index_has_conflicts) \
	F(index_new) \
	F(index_read) \
	F(index_read_tree) \
	F(index_remove) \
	F(index_write) \
	F(index_write_tree_to) \
	F(libgit2_init) \
	F(libgit2_opts) \
	F(merge_base) \
	F(merge_commits) \
	F(merge_options_init) \
	F(message_prettify) \
	F(object_free) \
	F(object_id) \
	F(object_lookup) \
	F(object_peel) \
	F(odb_free) \
	F(odb_hash) \
	F(odb_object_data) \
	F(odb_object_free) \
	F(odb_object_size) \
	F(odb_read) \
	F(odb_read_header) \
	F(oid_equal) \
	F(oid_fromstrn) \
	F(oid_tostr) \
	F(reference_create) \
	F(reference_create_matching) \
	F(reference_free) \
	F(reference_lookup) \
	F(reference_name_to_id) \
	F(reference_symbolic_target) \
	F(reference_type) \
	F(repository_commondir) \
	F(repository_discover) \
	F(repository_free) \
	F(repository_hashfile) \
	F(repository_head_unborn) \
	F(repository_index) \
	F(repository_is_bare) \
	F(repository_odb) \
	F(repository_open_ext) \
	F(repository_path) \
	F(repository_set_ident) \
	F(repository_state) \
	F(repository_workdir) \
	F(revparse_single) \
	F(signature_free) \
	F(signature_new) \
	F(status_byindex) \
	F(status_list_entrycount) \
	F(status_list_free) \
	F(status_list_new) \
	F(status_options_init) \
	F(strarray_dispose) \
	F(tag_create) \
	F(tag_free) \
	F(tag_list) \
	F(tag_lookup) \
	F(tag_message) \
	F(tag_tagger) \
	F(tree_entry_byindex) \
	F(tree_entry_byname) \
	F(tree_entry_filemode) \
	F(tree_entry_id) \
	F(tree_entry_name) \
	F(tree_entrycount) \
	F(tree_free) \
	F(tree_lookup)

#endif
